package io.github.jdbcpglite.build.nativecode;

import io.github.jdbcpglite.build.wasm.Export;
import io.github.jdbcpglite.build.wasm.ExternalKind;
import io.github.jdbcpglite.build.wasm.Global;
import io.github.jdbcpglite.build.wasm.Import;
import io.github.jdbcpglite.build.wasm.Instruction;
import io.github.jdbcpglite.build.wasm.InstructionDecoder;
import io.github.jdbcpglite.build.wasm.Opcodes;
import io.github.jdbcpglite.build.wasm.ValType;
import io.github.jdbcpglite.build.wasm.WasmModule;
import java.util.ArrayList;
import java.util.List;

/** Where C code finds each global of a module. */
final class GlobalPlaces {
    private static final String STACK_POINTER = "__stack_pointer";

    /** The size of {@code context.globals}, {@code MAIN_GLOBALS_MAX} of guest.h. */
    private static final int MAIN_GLOBALS_MAX = 1024;

    /** How long a global's expression has one value. */
    enum Lifetime {
        /** It is a constant. */
        CONSTANT,
        /** It is a field that nothing changes once the guest's code runs. */
        FIXED,
        /** It is a field that instructions change. */
        MUTABLE
    }

    /**
     * A global.
     *
     * @param type the type of its value
     * @param expression its value; of a mutable one also what is assigned to
     * @param lifetime how long that is so
     */
    record Place(ValType type, String expression, Lifetime lifetime) {}

    private final List<Place> places = new ArrayList<>();
    private final int stackPointer;

    GlobalPlaces(WasmModule module, boolean library) {
        stackPointer = stackPointer(module);
        for (Import each : module.imports()) {
            if (each.kind() == ExternalKind.GLOBAL) {
                byte[] descriptor = each.descriptor();
                places.add(field(ValType.of(descriptor[0]), descriptor[1] != 0));
            }
        }
        for (Global each : module.globals()) {
            places.add(defined(each));
        }
        if (!library && places.size() > MAIN_GLOBALS_MAX) {
            throw new TranslationException("a main module with " + places.size() + " globals");
        }
    }

    private static int stackPointer(WasmModule module) {
        int imported = 0;
        for (Import each : module.imports()) {
            if (each.kind() == ExternalKind.GLOBAL) {
                if (each.name().equals(STACK_POINTER)) {
                    return imported;
                }
                imported++;
            }
        }
        for (Export each : module.exports()) {
            if (each.kind() == ExternalKind.GLOBAL && each.name().equals(STACK_POINTER)) {
                return each.index();
            }
        }
        return -1;
    }

    private Place defined(Global global) {
        List<Instruction> initializer = InstructionDecoder.decode(global.initializer());
        boolean constant =
                !global.mutable()
                        && initializer.size() == 2
                        && CTypes.isNumber(global.type())
                        && isConstant(initializer.get(0).op());
        return constant
                ? new Place(
                        global.type(),
                        CTypes.constant(global.type(), initializer.get(0).immediate()),
                        Lifetime.CONSTANT)
                : field(global.type(), global.mutable());
    }

    private static boolean isConstant(int op) {
        return op >= Opcodes.I32_CONST && op <= Opcodes.F64_CONST;
    }

    private Place field(ValType type, boolean mutable) {
        int index = places.size();
        if (index == stackPointer && type == ValType.I32) {
            return new Place(type, "c->stack_pointer", Lifetime.MUTABLE);
        }
        // Of a reference the place is counted, and refused where it is used.
        String name = CTypes.isNumber(type) ? CTypes.name(type) : "";
        return new Place(
                type,
                "GLOBAL(" + name + ", " + index + ")",
                mutable ? Lifetime.MUTABLE : Lifetime.FIXED);
    }

    Place get(int index) {
        Place place = places.get(index);
        CTypes.name(place.type());
        return place;
    }

    int count() {
        return places.size();
    }
}
