package io.github.jdbcpglite.build.rewrite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.runtime.TrapException;
import com.dylibso.chicory.wasm.Parser;
import io.github.jdbcpglite.build.wasm.Export;
import io.github.jdbcpglite.build.wasm.ExternalKind;
import io.github.jdbcpglite.build.wasm.FuncType;
import io.github.jdbcpglite.build.wasm.FunctionBody;
import io.github.jdbcpglite.build.wasm.Global;
import io.github.jdbcpglite.build.wasm.Instruction;
import io.github.jdbcpglite.build.wasm.InstructionDecoder;
import io.github.jdbcpglite.build.wasm.Opcodes;
import io.github.jdbcpglite.build.wasm.ValType;
import io.github.jdbcpglite.build.wasm.WasmModule;
import java.util.List;
import org.junit.jupiter.api.Test;

final class MetaModuleTest {
    @Test
    void keepsEverythingButTheCode() {
        WasmModule module = new WasmModule();
        FunctionBody answer =
                new FunctionBody(
                        List.of(ValType.I64),
                        InstructionDecoder.encode(
                                List.of(
                                        Instruction.of(Opcodes.I32_CONST, 42),
                                        Instruction.of(Opcodes.END))));
        int function = module.addFunction(new FuncType(List.of(), List.of(ValType.I32)), answer);
        int global = module.addGlobal(Global.mutableZero(ValType.F64));
        module.addExport(new Export("answer", ExternalKind.FUNCTION, function));
        module.addExport(new Export("global", ExternalKind.GLOBAL, global));

        byte[] meta = MetaModule.of(module.toBytes());

        WasmModule read = WasmModule.parse(meta);
        assertThat(read.exports()).isEqualTo(module.exports());
        assertThat(read.types()).isEqualTo(module.types());
        assertThat(read.globals()).hasSize(1);
        Instance instance = Instance.builder(Parser.parse(meta)).build();
        assertThatThrownBy(() -> instance.export("answer").apply())
                .isInstanceOf(TrapException.class);
    }
}
