package io.github.jdbcpglite.build.wasm;

/**
 * A global defined in the module.
 *
 * @param type the type of its value
 * @param mutable whether it may be set
 * @param initializer the encoded constant expression, its {@code end} included
 */
public record Global(ValType type, boolean mutable, byte[] initializer) {
    /**
     * Makes a mutable global of a number type that starts as zero.
     *
     * @throws IllegalArgumentException for a reference type
     */
    public static Global mutableZero(ValType type) {
        ByteWriter init = new ByteWriter();
        switch (type) {
            case I32 -> init.u8(Opcodes.I32_CONST).u8(0);
            case I64 -> init.u8(Opcodes.I64_CONST).u8(0);
            case F32 -> init.u8(Opcodes.F32_CONST).fixed32(0);
            case F64 -> init.u8(Opcodes.F64_CONST).fixed64(0);
            default -> throw new IllegalArgumentException(type + " has no zero");
        }
        return new Global(type, true, init.u8(Opcodes.END).toBytes());
    }

    static Global read(ByteReader in) {
        ValType type = ValType.of(in.u8());
        boolean mutable = in.u8() != 0;
        int start = in.position();
        InstructionDecoder.skipExpression(in);
        return new Global(type, mutable, in.readSince(start));
    }

    void write(ByteWriter out) {
        out.u8(type.code()).u8(mutable ? 1 : 0).raw(initializer);
    }
}
