package io.github.jdbcpglite.build.codegen;

import static io.github.jdbcpglite.build.codegen.ModuleModel.ENGINE;

import com.dylibso.chicory.wasm.types.FunctionType;
import org.objectweb.asm.Opcodes;

/** Conversions between typed values and Chicory's arrays of raw values. */
final class RawValuesEmitter {
    private static final String RAW_VALUES = ENGINE + "RawValues";

    private RawValuesEmitter() {}

    /** Puts values from local slots into a new array. */
    static void packLocals(Code code, String types, int firstSlot) {
        code.newLongArray(types.length());
        int slot = firstSlot;
        for (int i = 0; i < types.length(); i++) {
            char type = types.charAt(i);
            code.op(Opcodes.DUP);
            code.constant('I', i);
            code.load(type, slot);
            toRaw(code, type);
            code.op(Opcodes.LASTORE);
            slot += JvmTypes.slots(type);
        }
    }

    /** Puts the values on top of the stack into a new array. */
    static void packStack(Code code, String types) {
        int first = code.temporarySlot();
        int slot = first + JvmTypes.slots(types);
        for (int i = types.length() - 1; i >= 0; i--) {
            slot -= JvmTypes.slots(types.charAt(i));
            code.store(types.charAt(i), slot);
        }
        packLocals(code, types, first);
    }

    static void toRaw(Code code, char type) {
        switch (type) {
            case 'I' -> code.op(Opcodes.I2L);
            case 'F' -> {
                code.invokeStatic("java/lang/Float", "floatToRawIntBits", "(F)I");
                code.op(Opcodes.I2L);
            }
            case 'D' -> code.invokeStatic("java/lang/Double", "doubleToRawLongBits", "(D)J");
            default -> {
                // A long is its own raw value.
            }
        }
    }

    static void fromRaw(Code code, char type) {
        switch (type) {
            case 'I' -> code.op(Opcodes.L2I);
            case 'F' -> {
                code.op(Opcodes.L2I);
                code.invokeStatic("java/lang/Float", "intBitsToFloat", "(I)F");
            }
            case 'D' -> code.invokeStatic("java/lang/Double", "longBitsToDouble", "(J)D");
            default -> {
                // A long is its own raw value.
            }
        }
    }

    /** Puts each element of the array on the stack. */
    static void unpack(Code code, String types) {
        int slot = code.temporarySlot();
        code.storeReference(slot);
        for (int i = 0; i < types.length(); i++) {
            code.loadReference(slot);
            code.constant('I', i);
            code.op(Opcodes.LALOAD);
            fromRaw(code, types.charAt(i));
        }
    }

    /** Turns the result of a raw call into what a method of a function type returns. */
    static void unwrapResult(Code code, FunctionType type) {
        switch (type.returns().size()) {
            case 0 -> code.op(Opcodes.POP);
            case 1 -> {
                char result = JvmTypes.of(type.returns().get(0));
                String name =
                        switch (result) {
                            case 'I' -> "i32";
                            case 'J' -> "i64";
                            case 'F' -> "f32";
                            default -> "f64";
                        };
                code.invokeStatic(RAW_VALUES, name, "([J)" + result);
            }
            default -> {
                // Several results travel as raw values anyway.
            }
        }
    }

    /** Returns from a method what a raw call gave it. */
    static void returnRaw(Code code, FunctionType type) {
        unwrapResult(code, type);
        switch (type.returns().size()) {
            case 0 -> code.op(Opcodes.RETURN);
            case 1 -> code.op(Code.typed(JvmTypes.of(type.returns().get(0)), Opcodes.IRETURN));
            default -> code.op(Opcodes.ARETURN);
        }
    }

    /** Returns from a method, as raw values, what a typed call gave it. */
    static void returnTyped(Code code, FunctionType type) {
        switch (type.returns().size()) {
            case 0 -> code.op(Opcodes.ACONST_NULL);
            case 1 ->
                    code.invokeStatic(RAW_VALUES, "of", "(" + JvmTypes.of(type.returns()) + ")[J");
            default -> {
                // Several results already travel as raw values.
            }
        }
        code.op(Opcodes.ARETURN);
    }
}
