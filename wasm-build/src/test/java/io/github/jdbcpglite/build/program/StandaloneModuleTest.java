package io.github.jdbcpglite.build.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.wasm.Parser;
import io.github.jdbcpglite.build.stage.PipelineException;
import io.github.jdbcpglite.build.wasm.ByteWriter;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StandaloneModuleTest {
    private static final Map<String, Integer> VALUES =
            Map.of("__stack_pointer", 4096, StandaloneModule.TABLE_BASE, 1);

    /** A module whose one function answers a global of its own plus the stack pointer. */
    private static byte[] module() {
        ByteWriter imports = new ByteWriter().u32(3);
        imports.name("env").name("__stack_pointer").u8(3).u8(0x7F).u8(1);
        imports.name("env").name("__table_base").u8(3).u8(0x7F).u8(0);
        imports.name("env").name("__indirect_function_table").u8(1).u8(0x70).u8(0).u32(1);
        ByteWriter code = new ByteWriter().u32(0);
        code.u8(0x23).u32(2).u8(0x23).u32(0).u8(0x6A).u8(0x0B);
        ByteWriter out = new ByteWriter().fixed32(0x6D736100).fixed32(1);
        section(out, 1, new ByteWriter().u32(1).u8(0x60).u32(0).u32(1).u8(0x7F));
        section(out, 2, imports);
        section(out, 3, new ByteWriter().u32(1).u32(0));
        section(out, 6, new ByteWriter().u32(1).u8(0x7F).u8(0).u8(0x41).s64(5).u8(0x0B));
        section(out, 7, new ByteWriter().u32(1).name("sum").u8(0).u32(0));
        section(out, 9, new ByteWriter().u32(1).u32(0).u8(0x23).u32(1).u8(0x0B).u32(1).u32(0));
        section(out, 10, new ByteWriter().u32(1).vector(code.toBytes()));
        return out.toBytes();
    }

    private static void section(ByteWriter out, int id, ByteWriter content) {
        out.u8(id).vector(content.toBytes());
    }

    @Test
    void needsNoImportAndKeepsIndexes() {
        Instance instance =
                Instance.builder(Parser.parse(StandaloneModule.of(module(), VALUES))).build();

        assertThat(instance.exports().function("sum").apply()).containsExactly(4101);
        assertThat(instance.exports().table("__indirect_function_table").size()).isEqualTo(2);
        assertThat(instance.exports().table("__indirect_function_table").ref(1)).isZero();
    }

    @Test
    void namesAGlobalWithoutValue() {
        Map<String, Integer> withoutStack = Map.of(StandaloneModule.TABLE_BASE, 1);
        assertThatThrownBy(() -> StandaloneModule.of(module(), withoutStack))
                .isInstanceOf(PipelineException.class)
                .hasMessageContaining("__stack_pointer");
    }
}
