package io.github.jdbcpglite.build.initdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.dylibso.chicory.wasm.Parser;
import com.dylibso.chicory.wasm.WasmModule;
import com.dylibso.chicory.wasm.types.FunctionImport;
import com.dylibso.chicory.wasm.types.MemoryImport;
import io.github.jdbcpglite.build.stage.PipelineException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

final class InitdbModuleTest {
    /** Type () to (); an import e.f of it; a memory of 2 to 3 pages. */
    private static final byte[] WASM = {
        0, 'a', 's', 'm', 1, 0, 0, 0, 1, 4, 1, 0x60, 0, 0, 2, 7, 1, 1, 'e', 1, 'f', 0, 0, 5, 4, 1,
        1, 2, 3
    };

    @Test
    void theMemoryBecomesTheLastImport() {
        WasmModule module = Parser.parse(InitdbModule.importMemory(WASM));
        assertThat(module.memorySection()).isEmpty();
        assertThat(module.importSection().importCount()).isEqualTo(2);
        assertThat(module.importSection().getImport(0)).isInstanceOf(FunctionImport.class);
        MemoryImport memory = (MemoryImport) module.importSection().getImport(1);
        assertThat(memory.module() + "." + memory.name()).isEqualTo("env.memory");
        assertThat(memory.limits().initialPages()).isEqualTo(2);
        assertThat(memory.limits().maximumPages()).isEqualTo(3);
    }

    @Test
    void aModuleWithoutMemoryIsRefused() {
        byte[] without = Arrays.copyOf(WASM, WASM.length - 6);
        assertThatThrownBy(() -> InitdbModule.importMemory(without))
                .isInstanceOf(PipelineException.class);
    }
}
