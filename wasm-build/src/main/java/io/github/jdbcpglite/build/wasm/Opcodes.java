package io.github.jdbcpglite.build.wasm;

import java.util.Arrays;

/**
 * Opcodes by their number in the binary format, and what each takes from and leaves on the operand
 * stack. An opcode behind the prefix 0xFC is written 0xFC00 plus its sub-opcode. Known are the MVP,
 * sign extension, saturating conversions, bulk memory, reference types and multi-value.
 */
public final class Opcodes {
    public static final int UNREACHABLE = 0x00;
    public static final int NOP = 0x01;
    public static final int BLOCK = 0x02;
    public static final int LOOP = 0x03;
    public static final int IF = 0x04;
    public static final int ELSE = 0x05;
    public static final int END = 0x0B;
    public static final int BR = 0x0C;
    public static final int BR_IF = 0x0D;
    public static final int BR_TABLE = 0x0E;
    public static final int RETURN = 0x0F;
    public static final int CALL = 0x10;
    public static final int CALL_INDIRECT = 0x11;
    public static final int DROP = 0x1A;
    public static final int SELECT = 0x1B;
    public static final int SELECT_T = 0x1C;
    public static final int LOCAL_GET = 0x20;
    public static final int LOCAL_SET = 0x21;
    public static final int LOCAL_TEE = 0x22;
    public static final int GLOBAL_GET = 0x23;
    public static final int GLOBAL_SET = 0x24;
    public static final int TABLE_GET = 0x25;
    public static final int TABLE_SET = 0x26;
    public static final int I32_LOAD = 0x28;
    public static final int I64_STORE32 = 0x3E;
    public static final int MEMORY_SIZE = 0x3F;
    public static final int MEMORY_GROW = 0x40;
    public static final int I32_CONST = 0x41;
    public static final int I64_CONST = 0x42;
    public static final int F32_CONST = 0x43;
    public static final int F64_CONST = 0x44;
    public static final int I32_EQZ = 0x45;
    public static final int I32_EQ = 0x46;
    public static final int I32_LT_S = 0x48;
    public static final int I32_LT_U = 0x49;
    public static final int I32_GE_U = 0x4F;
    public static final int I64_LT_S = 0x53;
    public static final int I64_GE_U = 0x5A;
    public static final int I32_ADD = 0x6A;
    public static final int I32_SUB = 0x6B;
    public static final int I32_AND = 0x71;
    public static final int I32_SHR_U = 0x76;
    public static final int REF_NULL = 0xD0;
    public static final int REF_FUNC = 0xD2;

    public static final int MEMORY_INIT = 0xFC08;
    public static final int DATA_DROP = 0xFC09;
    public static final int MEMORY_COPY = 0xFC0A;
    public static final int MEMORY_FILL = 0xFC0B;
    public static final int TABLE_INIT = 0xFC0C;
    public static final int ELEM_DROP = 0xFC0D;
    public static final int TABLE_COPY = 0xFC0E;
    public static final int TABLE_GROW = 0xFC0F;
    public static final int TABLE_SIZE = 0xFC10;
    public static final int TABLE_FILL = 0xFC11;

    /** The prefix of the miscellaneous opcodes. */
    static final int PREFIX_FC = 0xFC;

    /** The result of {@link #pops} and {@link #pushes} for opcodes whose operands depend. */
    public static final int DEPENDS = -1;

    private static final int UNKNOWN = -2;
    private static final byte[] POPS = new byte[0x112];
    private static final byte[] PUSHES = new byte[0x112];

    static {
        Arrays.fill(POPS, (byte) UNKNOWN);
        set(UNREACHABLE, NOP, 0, 0);
        set(BLOCK, ELSE, DEPENDS, DEPENDS);
        set(END, CALL_INDIRECT, DEPENDS, DEPENDS);
        set(DROP, DROP, 1, 0);
        set(SELECT, SELECT_T, 3, 1);
        set(LOCAL_GET, LOCAL_GET, 0, 1);
        set(LOCAL_SET, LOCAL_SET, 1, 0);
        set(LOCAL_TEE, LOCAL_TEE, 1, 1);
        set(GLOBAL_GET, GLOBAL_GET, 0, 1);
        set(GLOBAL_SET, GLOBAL_SET, 1, 0);
        set(TABLE_GET, TABLE_GET, 1, 1);
        set(TABLE_SET, TABLE_SET, 2, 0);
        set(I32_LOAD, 0x35, 1, 1);
        set(0x36, I64_STORE32, 2, 0);
        set(MEMORY_SIZE, MEMORY_SIZE, 0, 1);
        set(MEMORY_GROW, MEMORY_GROW, 1, 1);
        set(I32_CONST, F64_CONST, 0, 1);
        setNumeric();
        set(REF_NULL, REF_NULL, 0, 1);
        set(0xD1, 0xD1, 1, 1);
        set(REF_FUNC, REF_FUNC, 0, 1);
        set(0xFC00, 0xFC07, 1, 1);
        set(MEMORY_INIT, MEMORY_INIT, 3, 0);
        set(DATA_DROP, DATA_DROP, 0, 0);
        set(MEMORY_COPY, TABLE_INIT, 3, 0);
        set(ELEM_DROP, ELEM_DROP, 0, 0);
        set(TABLE_COPY, TABLE_COPY, 3, 0);
        set(TABLE_GROW, TABLE_GROW, 2, 1);
        set(TABLE_SIZE, TABLE_SIZE, 0, 1);
        set(TABLE_FILL, TABLE_FILL, 3, 0);
    }

    private Opcodes() {}

    private static void setNumeric() {
        set(I32_EQZ, I32_EQZ, 1, 1);
        set(I32_EQ, I32_GE_U, 2, 1);
        set(0x50, 0x50, 1, 1);
        set(0x51, 0x66, 2, 1);
        set(0x67, 0x69, 1, 1);
        set(I32_ADD, 0x78, 2, 1);
        set(0x79, 0x7B, 1, 1);
        set(0x7C, 0x8A, 2, 1);
        set(0x8B, 0x91, 1, 1);
        set(0x92, 0x98, 2, 1);
        set(0x99, 0x9F, 1, 1);
        set(0xA0, 0xA6, 2, 1);
        set(0xA7, 0xC4, 1, 1);
    }

    private static void set(int first, int last, int pops, int pushes) {
        for (int op = first; op <= last; op++) {
            POPS[slot(op)] = (byte) pops;
            PUSHES[slot(op)] = (byte) pushes;
        }
    }

    private static int slot(int op) {
        return op >= 0xFC00 ? 0x100 + (op & 0xFF) : op;
    }

    /** Returns whether the opcode is one of those this toolkit can decode. */
    public static boolean isKnown(int op) {
        int slot = slot(op);
        return slot < POPS.length && POPS[slot] != UNKNOWN;
    }

    /**
     * Returns how many operands the opcode takes, or {@link #DEPENDS} for control instructions and
     * calls.
     */
    public static int pops(int op) {
        return POPS[slot(op)];
    }

    /** Returns how many results the opcode leaves, or {@link #DEPENDS}. */
    public static int pushes(int op) {
        return PUSHES[slot(op)];
    }

    /** Returns whether the opcode reads or writes memory with an alignment and an offset. */
    public static boolean hasMemArg(int op) {
        return op >= I32_LOAD && op <= I64_STORE32;
    }

    /** Returns whether control never goes on to the instruction behind this one. */
    public static boolean isTransfer(int op) {
        return op == UNREACHABLE || op == BR || op == BR_TABLE || op == RETURN;
    }

    /** Returns whether the opcode opens a block that {@code end} closes. */
    public static boolean opensBlock(int op) {
        return op == BLOCK || op == LOOP || op == IF;
    }
}
