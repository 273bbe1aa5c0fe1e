package io.github.jdbcpglite.build.outline;

import com.dylibso.chicory.runtime.HostFunction;
import com.dylibso.chicory.runtime.ImportValues;
import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.wasm.ChicoryException;
import com.dylibso.chicory.wasm.Parser;
import com.dylibso.chicory.wasm.types.FunctionType;
import com.dylibso.chicory.wasm.types.ValType;
import io.github.jdbcpglite.build.wasm.Export;
import io.github.jdbcpglite.build.wasm.ExternalKind;
import io.github.jdbcpglite.build.wasm.WasmModule;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Everything that can be seen from outside of running a module's exported {@code f}: results or
 * trap, calls of the imported {@code env.host}, memory and exported globals.
 */
record Outcome(List<String> results, List<Long> hostCalls, List<Long> globals, int memoryHash) {
    private static final int MEMORY_BYTES = 0x10000;

    /** Runs {@code f} once for each list of arguments, in one instance. */
    static Outcome of(byte[] wasm, List<long[]> arguments) {
        WasmModule module = WasmModule.parse(wasm);
        List<Long> hostCalls = new ArrayList<>();
        HostFunction host =
                new HostFunction(
                        "env",
                        "host",
                        FunctionType.of(List.of(ValType.I32), List.of(ValType.I32)),
                        (instance, args) -> {
                            hostCalls.add(args[0]);
                            return new long[] {(int) (args[0] * 31 + hostCalls.size())};
                        });
        ImportValues.Builder imports = ImportValues.builder();
        if (module.findImportedFunction("host") >= 0) {
            imports.addFunction(host);
        }
        Instance instance =
                Instance.builder(Parser.parse(wasm)).withImportValues(imports.build()).build();
        List<ValType> types = instance.exportType("f").returns();
        List<String> results = new ArrayList<>();
        for (long[] args : arguments) {
            results.add(call(instance, args, types));
        }
        List<Long> globals = new ArrayList<>();
        for (Export export : module.exports()) {
            if (export.kind() == ExternalKind.GLOBAL) {
                globals.add(instance.global(export.index()).getValue());
            }
        }
        int memoryHash =
                instance.memory() == null
                        ? 0
                        : Arrays.hashCode(instance.memory().readBytes(0, MEMORY_BYTES));
        return new Outcome(results, hostCalls, globals, memoryHash);
    }

    private static String call(Instance instance, long[] args, List<ValType> types) {
        long[] values;
        try {
            values = instance.export("f").apply(args);
        } catch (ChicoryException e) {
            return e.getClass().getSimpleName() + ": " + e.getMessage();
        }
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < types.size(); i++) {
            // A NaN's bits are not determined by the specification.
            boolean isNan =
                    types.get(i).equals(ValType.F64)
                                    && Double.isNaN(Double.longBitsToDouble(values[i]))
                            || types.get(i).equals(ValType.F32)
                                    && Float.isNaN(Float.intBitsToFloat((int) values[i]));
            text.append(isNan ? "NaN" : Long.toString(values[i])).append(' ');
        }
        return text.toString();
    }
}
