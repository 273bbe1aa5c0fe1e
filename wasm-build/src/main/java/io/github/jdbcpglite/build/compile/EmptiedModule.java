package io.github.jdbcpglite.build.compile;

import io.github.jdbcpglite.build.wasm.FunctionBody;
import io.github.jdbcpglite.build.wasm.Instruction;
import io.github.jdbcpglite.build.wasm.InstructionDecoder;
import io.github.jdbcpglite.build.wasm.Opcodes;
import io.github.jdbcpglite.build.wasm.WasmModule;
import java.util.List;
import java.util.Set;

/** Makes the module that is shipped beside compiled classes. */
final class EmptiedModule {
    private EmptiedModule() {}

    /**
     * Empties the bodies of compiled functions to {@code unreachable} and keeps everything else.
     *
     * @param wasm a module
     * @param interpreted indexes of the functions that keep their body
     * @return a valid module with the same indexes
     */
    static byte[] of(byte[] wasm, Set<Integer> interpreted) {
        WasmModule module = WasmModule.parse(wasm);
        FunctionBody empty =
                new FunctionBody(
                        List.of(),
                        InstructionDecoder.encode(
                                List.of(
                                        Instruction.of(Opcodes.UNREACHABLE),
                                        Instruction.of(Opcodes.END))));
        for (int i = module.importedFunctionCount(); i < module.functionCount(); i++) {
            if (!interpreted.contains(i)) {
                module.setBody(i, empty);
            }
        }
        return module.toBytes();
    }
}
