package io.github.jdbcpglite.build.wasm;

import java.util.ArrayList;
import java.util.List;

/** A value type and its byte in the binary format. */
public enum ValType {
    /** 32-bit integer. */
    I32(0x7F),
    /** 64-bit integer. */
    I64(0x7E),
    /** 32-bit float. */
    F32(0x7D),
    /** 64-bit float. */
    F64(0x7C),
    /** Reference to a function. */
    FUNCREF(0x70),
    /** Reference to something of the host. */
    EXTERNREF(0x6F);

    private final int code;

    ValType(int code) {
        this.code = code;
    }

    /** Returns the byte of the binary format. */
    public int code() {
        return code;
    }

    /**
     * Finds the type of a byte.
     *
     * @throws WasmFormatException if no known type has it
     */
    public static ValType of(int code) {
        for (ValType type : values()) {
            if (type.code == code) {
                return type;
            }
        }
        throw new WasmFormatException("unsupported value type 0x" + Integer.toHexString(code));
    }

    static List<ValType> readVector(ByteReader in) {
        int count = in.u32();
        List<ValType> types = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            types.add(of(in.u8()));
        }
        return types;
    }

    static void writeVector(ByteWriter out, List<ValType> types) {
        out.u32(types.size());
        for (ValType type : types) {
            out.u8(type.code);
        }
    }
}
