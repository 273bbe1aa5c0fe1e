package io.github.jdbcpglite.host.link;

import static org.assertj.core.api.Assertions.assertThat;

import com.dylibso.chicory.runtime.InterpreterMachine;
import com.dylibso.chicory.wasm.Parser;
import com.dylibso.chicory.wasm.types.MemoryLimits;
import io.github.jdbcpglite.engine.bytecode.FunctionOwner;
import io.github.jdbcpglite.engine.bytecode.memory.PagedLinearMemory;
import io.github.jdbcpglite.host.CompiledModule;
import io.github.jdbcpglite.host.GuestInstance;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** A function has one address in a process, however often it is asked for. */
final class TableIndexTest {
    private static final String GUEST = "/io/github/jdbcpglite/host/syscall/libc-guest.wasm";

    /** The function the module itself has put into its table, at index 1. */
    private static final int IN_TABLE = 1;

    private static GuestInstance guest() throws IOException {
        try (InputStream in = TableIndexTest.class.getResourceAsStream(GUEST)) {
            return new GuestInstance(
                    new CompiledModule(
                            Parser.parse(Objects.requireNonNull(in)), InterpreterMachine::new),
                    new PagedLinearMemory(new MemoryLimits(2, 64)),
                    Map.of());
        }
    }

    @Test
    void aFunctionOfTheTableKeepsItsAddress() throws IOException {
        GuestInstance guest = guest();
        int function = guest.table().function(IN_TABLE);
        assertThat(new TableIndex(guest).of(guest.functions(), function)).isEqualTo(IN_TABLE);
    }

    @Test
    void anotherGetsOneAddressOnce() throws IOException {
        GuestInstance guest = guest();
        TableIndex index = new TableIndex(guest);
        int malloc = guest.exports().function("malloc");
        int first = index.of(guest.functions(), malloc);
        assertThat(first).isEqualTo(2);
        assertThat(index.of(guest.functions(), malloc)).isEqualTo(first);
        assertThat(index.of(guest.functions(), guest.exports().function("setThrew"))).isEqualTo(3);
        assertThat(guest.table().function(first)).isEqualTo(malloc);
    }

    @Test
    void functionsOfTwoModulesWithOneIndexAreTwo() throws IOException {
        GuestInstance guest = guest();
        FunctionOwner other = guest().functions();
        TableIndex index = new TableIndex(guest);
        int malloc = guest.exports().function("malloc");
        int own = index.of(guest.functions(), malloc);
        int foreign = index.of(other, malloc);
        assertThat(foreign).isNotEqualTo(own);
        assertThat(guest.table().owner(foreign)).isSameAs(other);
        assertThat(index.of(other, malloc)).isEqualTo(foreign);
    }

    @Test
    void entriesOfALibraryAreTakenNoteOf() throws Exception {
        GuestInstance guest = guest();
        FunctionOwner library = guest().functions();
        TableIndex index = new TableIndex(guest);
        int base = index.reserve(2);
        int malloc = guest.exports().function("malloc");
        guest.table().set(base + 1, malloc, library);
        index.learn(base, 2);
        assertThat(index.of(library, malloc)).isEqualTo(base + 1);
    }
}
