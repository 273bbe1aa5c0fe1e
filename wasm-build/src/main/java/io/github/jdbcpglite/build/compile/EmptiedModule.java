package io.github.jdbcpglite.build.compile;

import io.github.jdbcpglite.build.wasm.FunctionBody;
import io.github.jdbcpglite.build.wasm.Instruction;
import io.github.jdbcpglite.build.wasm.InstructionDecoder;
import io.github.jdbcpglite.build.wasm.Opcodes;
import io.github.jdbcpglite.build.wasm.WasmModule;
import java.util.List;

/** Makes the module that is shipped beside compiled classes. */
final class EmptiedModule {
    private EmptiedModule() {}

    /**
     * Empties every function body to {@code unreachable} and keeps everything else.
     *
     * @param wasm a module
     * @return a valid module with the same indexes
     */
    static byte[] of(byte[] wasm) {
        WasmModule module = WasmModule.parse(wasm);
        FunctionBody empty =
                new FunctionBody(
                        List.of(),
                        InstructionDecoder.encode(
                                List.of(
                                        Instruction.of(Opcodes.UNREACHABLE),
                                        Instruction.of(Opcodes.END))));
        for (int i = module.importedFunctionCount(); i < module.functionCount(); i++) {
            module.setBody(i, empty);
        }
        return module.toBytes();
    }
}
