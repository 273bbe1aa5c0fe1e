package io.github.jdbcpglite.engine.bytecode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.jdbcpglite.engine.Guest;
import io.github.jdbcpglite.engine.Signature;
import io.github.jdbcpglite.engine.Trap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Calls through the function table, by numbers that the guest gives. */
final class BytecodeGuestTest {
    private final Guest guest =
            InterpretedGuests.of(InterpretedGuests.LIBC, InterpretedGuests.memory(2, 64), Map.of());

    @Test
    void aHostFunctionIsCalledByItsPointerAndToldByWhom() {
        Guest[] seen = new Guest[1];
        int pointer =
                guest.addFunction(
                        new Signature(List.of(Signature.Type.I32), List.of(Signature.Type.I32)),
                        (caller, args) -> {
                            seen[0] = caller;
                            return args[0] + 1;
                        });
        assertThat(guest.callIndirect(pointer, 41)).isEqualTo(42);
        assertThat(seen[0]).isSameAs(guest);
    }

    @Test
    void aPointerToNothingTraps() {
        for (int pointer : new int[] {-1, guest.table().size(), Integer.MIN_VALUE}) {
            assertThatThrownBy(() -> guest.callIndirect(pointer))
                    .isInstanceOf(Trap.class)
                    .hasMessage("undefined element " + Integer.toUnsignedString(pointer));
        }
        assertThatThrownBy(() -> guest.callIndirect(0))
                .isInstanceOf(Trap.class)
                .hasMessage("uninitialized element 0");
    }

    @Test
    void anExportThatIsNoneIsNamed() {
        assertThatThrownBy(() -> guest.call("nothing"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("nothing");
    }
}
