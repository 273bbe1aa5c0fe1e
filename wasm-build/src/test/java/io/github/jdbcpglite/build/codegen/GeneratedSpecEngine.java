package io.github.jdbcpglite.build.codegen;

import com.dylibso.chicory.runtime.GlobalInstance;
import com.dylibso.chicory.runtime.HostFunction;
import com.dylibso.chicory.runtime.ImportGlobal;
import com.dylibso.chicory.runtime.ImportMemory;
import com.dylibso.chicory.runtime.ImportTable;
import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.runtime.Store;
import com.dylibso.chicory.runtime.TableInstance;
import com.dylibso.chicory.wasm.ChicoryException;
import com.dylibso.chicory.wasm.Parser;
import com.dylibso.chicory.wasm.types.FunctionType;
import com.dylibso.chicory.wasm.types.MemoryLimits;
import com.dylibso.chicory.wasm.types.Table;
import com.dylibso.chicory.wasm.types.TableLimits;
import com.dylibso.chicory.wasm.types.ValType;
import com.dylibso.chicory.wasm.types.Value;
import io.github.jdbcpglite.build.spec.SpecEngine;
import io.github.jdbcpglite.build.spec.SpecTrap;
import io.github.jdbcpglite.engine.Trap;
import io.github.jdbcpglite.engine.bytecode.memory.ChicoryMemory;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Runs the specification's modules as generated classes. */
final class GeneratedSpecEngine implements SpecEngine {
    private static final String HOST = "spectest";

    private final Store store = new Store();

    GeneratedSpecEngine() {
        for (String types : List.of("", "i32", "i64", "f32", "f64", "i32_f32", "f64_f64")) {
            store.addFunction(
                    new HostFunction(
                            HOST,
                            types.isEmpty() ? "print" : "print_" + types,
                            FunctionType.of(parameters(types), List.of()),
                            (instance, args) -> new long[0]));
        }
        float real = 666.6f;
        store.addGlobal(
                global("i32", Value.i32(666)),
                global("i64", Value.i64(666)),
                global("f32", Value.f32(Float.floatToRawIntBits(real))),
                global("f64", Value.f64(Double.doubleToRawLongBits(666.6))));
        store.addMemory(
                new ImportMemory(HOST, "memory", ChicoryMemory.create(new MemoryLimits(1, 2))));
        Table table = new Table(ValType.FuncRef, new TableLimits(10, 20));
        store.addTable(
                new ImportTable(HOST, "table", new TableInstance(table, Value.REF_NULL_VALUE)));
    }

    private static List<ValType> parameters(String types) {
        return Stream.of(types.split("_", -1))
                .filter(type -> !type.isEmpty())
                .map(
                        type ->
                                switch (type) {
                                    case "i32" -> ValType.I32;
                                    case "i64" -> ValType.I64;
                                    case "f32" -> ValType.F32;
                                    default -> ValType.F64;
                                })
                .toList();
    }

    private static ImportGlobal global(String type, Value value) {
        return new ImportGlobal(HOST, "global_" + type, new GlobalInstance(value));
    }

    /** An instance of generated classes. */
    private record ChicoryGuest(Instance instance) implements Guest {
        @Override
        public long[] call(String function, long... arguments) {
            long[] results = trapping(() -> instance.export(function).apply(arguments));
            return results == null ? new long[0] : results;
        }

        @Override
        public long get(String global) {
            return instance.exports().global(global).getValue();
        }
    }

    @Override
    public Guest instantiate(byte[] wasm) {
        return trapping(
                () ->
                        new ChicoryGuest(
                                Guests.generated(Parser.parse(wasm), store.toImportValues())));
    }

    @Override
    public void register(String name, Guest guest) {
        store.register(name, ((ChicoryGuest) guest).instance());
    }

    private static <T> T trapping(Supplier<T> action) {
        try {
            return action.get();
        } catch (ChicoryException | Trap e) {
            SpecTrap trap = new SpecTrap(String.valueOf(e.getMessage()));
            trap.initCause(e);
            throw trap;
        }
    }
}
