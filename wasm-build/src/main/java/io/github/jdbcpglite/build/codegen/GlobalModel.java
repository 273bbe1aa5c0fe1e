package io.github.jdbcpglite.build.codegen;

import com.dylibso.chicory.wasm.WasmModule;
import com.dylibso.chicory.wasm.types.Export;
import com.dylibso.chicory.wasm.types.ExternalType;
import com.dylibso.chicory.wasm.types.Global;
import com.dylibso.chicory.wasm.types.GlobalImport;
import com.dylibso.chicory.wasm.types.Import;
import com.dylibso.chicory.wasm.types.Instruction;
import com.dylibso.chicory.wasm.types.MutabilityType;
import com.dylibso.chicory.wasm.types.OpCode;
import java.util.ArrayList;
import java.util.List;

/** Where generated code finds each global. */
final class GlobalModel {
    static final String STACK_POINTER = "__stack_pointer";

    /** Where a global's value is. */
    enum Place {
        /** The initialiser's constant, in the code itself. */
        CONSTANT,
        /** The field all modules of a process share, in this module's own context. */
        STACK_POINTER,
        /** The same field, in the context of the module that defines the stack pointer. */
        IMPORTED_STACK_POINTER,
        /** A field of the generated context: a mutable global, or a copy of an immutable one. */
        FIELD,
        /** Chicory's object, whose value the linker may set late. */
        IMPORTED
    }

    /**
     * A global.
     *
     * @param index its index
     * @param type its JVM type
     * @param place where its value is
     * @param mutable whether it is mutable
     * @param constant the raw value of a constant
     */
    record Entry(int index, char type, Place place, boolean mutable, long constant) {
        String fieldName() {
            return place == Place.STACK_POINTER ? "stackPointer" : "g" + index;
        }
    }

    private final List<Entry> entries = new ArrayList<>();

    GlobalModel(WasmModule module) {
        int stackPointer = exportedStackPointer(module);
        for (int i = 0; i < module.importSection().importCount(); i++) {
            Import entry = module.importSection().getImport(i);
            if (entry instanceof GlobalImport global) {
                entries.add(imported(entries.size(), global));
            }
        }
        for (int i = 0; i < module.globalSection().globalCount(); i++) {
            entries.add(defined(entries.size(), module.globalSection().getGlobal(i), stackPointer));
        }
    }

    private static int exportedStackPointer(WasmModule module) {
        for (int i = 0; i < module.exportSection().exportCount(); i++) {
            Export export = module.exportSection().getExport(i);
            if (export.exportType() == ExternalType.GLOBAL && export.name().equals(STACK_POINTER)) {
                return export.index();
            }
        }
        return -1;
    }

    private static Entry imported(int index, GlobalImport global) {
        char type = JvmTypes.of(global.type());
        boolean mutable = global.mutabilityType() == MutabilityType.Var;
        Place place = Place.FIELD;
        if (mutable) {
            place =
                    global.name().equals(STACK_POINTER) && type == 'I'
                            ? Place.IMPORTED_STACK_POINTER
                            : Place.IMPORTED;
        }
        return new Entry(index, type, place, mutable, 0);
    }

    private static Entry defined(int index, Global global, int stackPointer) {
        char type = JvmTypes.of(global.valueType());
        boolean mutable = global.mutabilityType() == MutabilityType.Var;
        if (mutable) {
            Place place = index == stackPointer && type == 'I' ? Place.STACK_POINTER : Place.FIELD;
            return new Entry(index, type, place, true, 0);
        }
        List<Instruction> init = global.initInstructions();
        boolean constant =
                switch (init.get(0).opcode()) {
                    case I32_CONST, I64_CONST, F32_CONST, F64_CONST ->
                            init.size() == 1 || init.get(1).opcode() == OpCode.END;
                    default -> false;
                };
        return constant
                ? new Entry(index, type, Place.CONSTANT, false, init.get(0).operand(0))
                : new Entry(index, type, Place.FIELD, false, 0);
    }

    Entry get(int index) {
        return entries.get(index);
    }

    List<Entry> all() {
        return entries;
    }

    /** Returns the globals that are fields of the generated context or its base class. */
    List<Entry> fields() {
        return entries.stream()
                .filter(e -> e.place() == Place.FIELD || e.place() == Place.STACK_POINTER)
                .toList();
    }

    /** Returns the index of an imported stack pointer, or -1. */
    int importedStackPointer() {
        return entries.stream()
                .filter(e -> e.place() == Place.IMPORTED_STACK_POINTER)
                .mapToInt(Entry::index)
                .findFirst()
                .orElse(-1);
    }

    /** Returns whether an invoke function can save and restore the stack pointer. */
    boolean definesStackPointer() {
        return entries.stream().anyMatch(e -> e.place() == Place.STACK_POINTER);
    }
}
