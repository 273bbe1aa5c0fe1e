package io.github.jdbcpglite.build.compile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.jdbcpglite.build.codegen.CodeGenerationException;
import io.github.jdbcpglite.build.stage.PipelineException;
import io.github.jdbcpglite.build.wasm.FuncType;
import io.github.jdbcpglite.build.wasm.FunctionBody;
import io.github.jdbcpglite.build.wasm.Instruction;
import io.github.jdbcpglite.build.wasm.InstructionDecoder;
import io.github.jdbcpglite.build.wasm.Opcodes;
import io.github.jdbcpglite.build.wasm.ValType;
import io.github.jdbcpglite.build.wasm.WasmModule;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** No module is compiled to what the JVM would only interpret. */
final class GeneratedCodeCompilerTest {
    private static final String MACHINE = "test.Machine";

    /** A function that adds its parameter to itself a number of times. */
    private static byte[] module(int additions) {
        List<Instruction> code = new ArrayList<>();
        code.add(Instruction.of(Opcodes.LOCAL_GET, 0));
        for (int i = 0; i < additions; i++) {
            code.add(Instruction.of(Opcodes.LOCAL_GET, 0));
            code.add(Instruction.of(Opcodes.I32_ADD));
        }
        code.add(Instruction.of(Opcodes.END));
        WasmModule module = new WasmModule();
        FuncType type = new FuncType(List.of(ValType.I32), List.of(ValType.I32));
        module.addFunction(type, new FunctionBody(List.of(), InstructionDecoder.encode(code)));
        return module.toBytes();
    }

    @Test
    void functionsOfAnOrdinarySizeAreCompiled() {
        assertThat(new GeneratedCodeCompiler().compile(module(1000), MACHINE)).containsKey(MACHINE);
    }

    @Test
    void whatHotSpotWouldNotCompileIsRefused() {
        assertThatThrownBy(() -> new GeneratedCodeCompiler().compile(module(5000), MACHINE))
                .isInstanceOf(PipelineException.class)
                .hasMessageContaining("HotSpot would not compile");
    }

    @Test
    void whatNoMethodHoldsIsRefused() {
        assertThatThrownBy(() -> new GeneratedCodeCompiler().compile(module(40_000), MACHINE))
                .isInstanceOf(CodeGenerationException.class)
                .hasMessageContaining("more than a JVM method holds");
    }
}
