package io.github.jdbcpglite.host.link;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jdbcpglite.engine.Guest;
import io.github.jdbcpglite.engine.LinkedModule;
import io.github.jdbcpglite.engine.bytecode.InterpretedGuests;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A function has one address in a process, however often it is asked for. */
final class TableIndexTest {
    /** The function the module itself has put into its table, at index 1. */
    private static final int IN_TABLE = 1;

    private static Guest guest() {
        return InterpretedGuests.of(
                InterpretedGuests.LIBC, InterpretedGuests.memory(2, 64), Map.of());
    }

    @Test
    void aFunctionOfTheTableKeepsItsAddress() {
        Guest guest = guest();
        int function = guest.table().function(IN_TABLE);
        assertThat(new TableIndex(guest).of(guest.main(), function)).isEqualTo(IN_TABLE);
    }

    @Test
    void anotherGetsOneAddressOnce() {
        Guest guest = guest();
        TableIndex index = new TableIndex(guest);
        int malloc = guest.main().function("malloc");
        int first = index.of(guest.main(), malloc);
        assertThat(first).isEqualTo(2);
        assertThat(index.of(guest.main(), malloc)).isEqualTo(first);
        assertThat(index.of(guest.main(), guest.main().function("setThrew"))).isEqualTo(3);
        assertThat(guest.table().function(first)).isEqualTo(malloc);
    }

    @Test
    void functionsOfTwoModulesWithOneIndexAreTwo() {
        Guest guest = guest();
        LinkedModule other = guest().main();
        TableIndex index = new TableIndex(guest);
        int malloc = guest.main().function("malloc");
        int own = index.of(guest.main(), malloc);
        int foreign = index.of(other, malloc);
        assertThat(foreign).isNotEqualTo(own);
        assertThat(guest.table().function(foreign)).isEqualTo(malloc);
        assertThat(index.of(other, malloc)).isEqualTo(foreign);
    }

    @Test
    void entriesOfALibraryAreTakenNoteOf() throws Exception {
        Guest guest = guest();
        LinkedModule library = guest().main();
        TableIndex index = new TableIndex(guest);
        int base = index.reserve(2);
        int malloc = guest.main().function("malloc");
        guest.table().set(base + 1, library, malloc);
        index.learn(base, 2);
        assertThat(index.of(library, malloc)).isEqualTo(base + 1);
    }
}
