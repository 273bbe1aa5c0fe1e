package io.github.jdbcpglite.build.nativecode;

import io.github.jdbcpglite.build.wasm.ByteReader;
import io.github.jdbcpglite.build.wasm.Instruction;
import io.github.jdbcpglite.build.wasm.InstructionDecoder;
import io.github.jdbcpglite.build.wasm.Opcodes;
import io.github.jdbcpglite.build.wasm.WasmModule;
import java.util.ArrayList;
import java.util.List;

/**
 * The segments of a module. Those that are active, which instantiation copies, are empty for {@code
 * memory.init} and {@code table.init}.
 */
final class Segments {
    /** The element of a table that is no function. */
    static final int NO_FUNCTION = -1;

    private static final int ELEMENT_SECTION = 9;
    private static final int DATA_SECTION = 11;
    private static final int PASSIVE = 1;
    private static final int HAS_INDEX = 2;
    private static final int HAS_EXPRESSIONS = 4;

    private final List<byte[]> data = new ArrayList<>();
    private final List<List<Integer>> elements = new ArrayList<>();
    private final List<ActiveData> activeData = new ArrayList<>();
    private final List<ActiveElements> activeElements = new ArrayList<>();

    /** Bytes and the expression of their address. */
    record ActiveData(List<Instruction> at, byte[] bytes) {}

    /** Functions and the expression of the index of the first. */
    record ActiveElements(List<Instruction> at, int[] functions) {}

    Segments(WasmModule module) {
        for (byte[] section : module.rawSections(DATA_SECTION)) {
            ByteReader in = new ByteReader(section);
            int count = in.u32();
            for (int i = 0; i < count; i++) {
                data.add(readData(in));
            }
        }
        for (byte[] section : module.rawSections(ELEMENT_SECTION)) {
            ByteReader in = new ByteReader(section);
            int count = in.u32();
            for (int i = 0; i < count; i++) {
                elements.add(readElements(in));
            }
        }
    }

    private byte[] readData(ByteReader in) {
        int flags = in.u32();
        if ((flags & HAS_INDEX) != 0) {
            in.u32();
        }
        if ((flags & PASSIVE) != 0) {
            return in.raw(in.u32());
        }
        List<Instruction> at = InstructionDecoder.readExpression(in);
        activeData.add(new ActiveData(at, in.raw(in.u32())));
        return new byte[0];
    }

    private List<Integer> readElements(ByteReader in) {
        int flags = in.u32();
        boolean active = (flags & PASSIVE) == 0;
        if (active && (flags & HAS_INDEX) != 0) {
            in.u32();
        }
        List<Instruction> at = active ? InstructionDecoder.readExpression(in) : List.of();
        if ((flags & (PASSIVE | HAS_INDEX)) != 0) {
            in.u8(); // the kind or the type of the elements
        }
        int count = in.u32();
        List<Integer> functions = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            functions.add(
                    (flags & HAS_EXPRESSIONS) == 0
                            ? in.u32()
                            : function(InstructionDecoder.readExpression(in)));
        }
        if (active) {
            activeElements.add(
                    new ActiveElements(
                            at, functions.stream().mapToInt(Integer::intValue).toArray()));
        }
        boolean passive = !active && (flags & HAS_INDEX) == 0;
        return passive ? functions : List.of();
    }

    private static int function(List<Instruction> expression) {
        Instruction first = expression.get(0);
        return first.op() == Opcodes.REF_FUNC ? first.index() : NO_FUNCTION;
    }

    /** Returns the bytes of each data segment. */
    List<byte[]> data() {
        return data;
    }

    /** Returns the data that instantiation copies. */
    List<ActiveData> activeData() {
        return activeData;
    }

    /** Returns the elements that instantiation copies. */
    List<ActiveElements> activeElements() {
        return activeElements;
    }

    /** Returns the function indexes of each element segment. */
    List<List<Integer>> elements() {
        return elements;
    }
}
