package io.github.jdbcpglite.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.dylibso.chicory.runtime.InterpreterMachine;
import com.dylibso.chicory.wasm.ChicoryException;
import com.dylibso.chicory.wasm.Parser;
import com.dylibso.chicory.wasm.types.FunctionType;
import com.dylibso.chicory.wasm.types.MemoryLimits;
import com.dylibso.chicory.wasm.types.ValType;
import io.github.jdbcpglite.engine.bytecode.memory.PagedLinearMemory;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Calls through the function table, by numbers that the guest gives. */
final class GuestInstanceTest {
    private GuestInstance guest;

    @BeforeEach
    void instantiate() throws IOException {
        try (InputStream in = GuestInstance.class.getResourceAsStream("syscall/libc-guest.wasm")) {
            guest =
                    new GuestInstance(
                            new CompiledModule(
                                    Parser.parse(Objects.requireNonNull(in)),
                                    InterpreterMachine::new),
                            new PagedLinearMemory(new MemoryLimits(2, 64)),
                            Map.of());
        }
    }

    @Test
    void aHostFunctionIsCalledByItsPointer() {
        int pointer =
                guest.addTableFunction(
                        FunctionType.of(List.of(ValType.I32), List.of(ValType.I32)),
                        args -> args[0] + 1);
        assertThat(guest.callIndirect(pointer, 41)).isEqualTo(42);
    }

    @Test
    void aPointerToNothingTraps() {
        for (int pointer : new int[] {-1, guest.table().size(), Integer.MIN_VALUE}) {
            assertThatThrownBy(() -> guest.callIndirect(pointer))
                    .isInstanceOf(ChicoryException.class)
                    .hasMessage("undefined element " + Integer.toUnsignedString(pointer));
        }
        assertThatThrownBy(() -> guest.callIndirect(0))
                .isInstanceOf(ChicoryException.class)
                .hasMessage("uninitialized element 0");
    }
}
