package io.github.jdbcpglite.build.nativecode;

import io.github.jdbcpglite.build.wasm.ValType;

/** How values of each type are written in C. */
final class CTypes {
    private CTypes() {}

    /** Returns whether values of a type can be translated: numbers can, references cannot. */
    static boolean isNumber(ValType type) {
        return type.code() >= ValType.F64.code();
    }

    static String name(ValType type) {
        return switch (type) {
            case I32 -> "u32";
            case I64 -> "u64";
            case F32 -> "float";
            case F64 -> "double";
            default -> throw references(type);
        };
    }

    /** Returns the letter by which Emscripten names a type in {@code invoke_viij}. */
    static char letter(ValType type) {
        return switch (type) {
            case I32 -> 'i';
            case I64 -> 'j';
            case F32 -> 'f';
            case F64 -> 'd';
            default -> throw references(type);
        };
    }

    /** Returns the type's digit in the number of a signature; 0 is no type. */
    static int digit(ValType type) {
        return switch (type) {
            case I32 -> 1;
            case I64 -> 2;
            case F32 -> 3;
            case F64 -> 4;
            default -> throw references(type);
        };
    }

    /** Returns the expression of a raw value's number. */
    static String fromRaw(ValType type, String raw) {
        return switch (type) {
            case I32 -> "(u32)" + raw;
            case I64 -> raw;
            case F32 -> "f32_of((u32)" + raw + ")";
            case F64 -> "f64_of(" + raw + ")";
            default -> throw references(type);
        };
    }

    /** Returns the expression of a number's raw value. */
    static String toRaw(ValType type, String value) {
        return switch (type) {
            case I32, I64 -> value;
            case F32 -> "bits_of_f32(" + value + ")";
            case F64 -> "bits_of_f64(" + value + ")";
            default -> throw references(type);
        };
    }

    /**
     * Returns a constant.
     *
     * @param bits the value; of a float its bits, since C cannot write NaNs
     */
    static String constant(ValType type, long bits) {
        String hex =
                Long.toHexString(
                        type == ValType.I64 || type == ValType.F64
                                ? bits
                                : (int) bits & 0xFFFFFFFFL);
        return switch (type) {
            case I32 -> decimal(Integer.toUnsignedLong((int) bits), hex) + "u";
            case I64 -> decimal(bits, hex) + "ull";
            case F32 -> "f32_of(0x" + hex + "u)";
            case F64 -> "f64_of(0x" + hex + "ull)";
            default -> throw references(type);
        };
    }

    /** Small numbers are read more easily in decimal. */
    private static String decimal(long value, String hex) {
        return value >= 0 && value < 0x10000 ? Long.toString(value) : "0x" + hex;
    }

    private static TranslationException references(ValType type) {
        return new TranslationException("values of type " + type + " are not translated");
    }
}
