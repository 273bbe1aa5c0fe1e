package io.github.jdbcpglite.engine.bytecode;

import com.dylibso.chicory.wasm.types.FunctionType;
import com.dylibso.chicory.wasm.types.TableLimits;
import com.dylibso.chicory.wasm.types.ValType;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The stored form of an {@link InitialInstance}.
 *
 * <p>In this order: function types, types of the functions, table limits, table, imports, captured
 * globals, mutable globals, stack pointer, exported functions, exported addresses. Each list begins
 * with its length in 32 bits, and the most significant byte comes first. Names are UTF-8 after a
 * 16-bit length; a function type is the names of its parameters and of its results, a character for
 * each value.
 */
public final class InitialInstanceCodec {
    private static final String TYPE_NAMES = "ijfd";
    private static final List<ValType> TYPES =
            List.of(ValType.I32, ValType.I64, ValType.F32, ValType.F64);

    private InitialInstanceCodec() {}

    /** Writes a template. */
    public static void write(InitialInstance template, DataOutput out) throws IOException {
        ModuleSignatures signatures = template.signatures();
        out.writeInt(signatures.types().size());
        for (FunctionType type : signatures.types()) {
            writeName(out, names(type.params()));
            writeName(out, names(type.returns()));
        }
        out.writeInt(signatures.functionTypes().length);
        for (int type : signatures.functionTypes()) {
            out.writeShort(type);
        }
        out.writeLong(signatures.tableLimits().min());
        out.writeLong(signatures.tableLimits().max());
        out.writeInt(template.table().length);
        for (int function : template.table()) {
            out.writeInt(function);
        }
        out.writeInt(template.imports().size());
        for (InitialInstance.FunctionName function : template.imports()) {
            writeName(out, function.name());
            out.writeShort(function.type());
        }
        writeLongs(out, template.captured());
        writeLongs(out, template.mutable());
        out.writeInt(template.exports().stackPointer());
        writeNumbers(out, template.exports().functions());
        writeNumbers(out, template.exports().addresses());
    }

    private static String names(List<ValType> types) {
        StringBuilder names = new StringBuilder();
        for (ValType type : types) {
            int index = TYPES.indexOf(type);
            if (index < 0) {
                throw new IllegalArgumentException("no stored form for values of type " + type);
            }
            names.append(TYPE_NAMES.charAt(index));
        }
        return names.toString();
    }

    private static void writeName(DataOutput out, String name) throws IOException {
        byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
        out.writeShort(bytes.length);
        out.write(bytes);
    }

    private static void writeLongs(DataOutput out, long[] values) throws IOException {
        out.writeInt(values.length);
        for (long value : values) {
            out.writeLong(value);
        }
    }

    private static void writeNumbers(DataOutput out, Map<String, Integer> numbers)
            throws IOException {
        out.writeInt(numbers.size());
        for (Map.Entry<String, Integer> entry : new TreeMap<>(numbers).entrySet()) {
            writeName(out, entry.getKey());
            out.writeInt(entry.getValue());
        }
    }

    /**
     * Reads a template.
     *
     * @throws java.nio.BufferUnderflowException if it ends too early
     */
    public static InitialInstance read(ByteBuffer in) {
        List<FunctionType> types = new ArrayList<>();
        for (int count = in.getInt(); count > 0; count--) {
            types.add(FunctionType.of(types(readName(in)), types(readName(in))));
        }
        int[] functionTypes = new int[in.getInt()];
        for (int i = 0; i < functionTypes.length; i++) {
            functionTypes[i] = Short.toUnsignedInt(in.getShort());
        }
        TableLimits limits = new TableLimits(in.getLong(), in.getLong());
        int[] table = new int[in.getInt()];
        for (int i = 0; i < table.length; i++) {
            table[i] = in.getInt();
        }
        List<InitialInstance.FunctionName> imports = new ArrayList<>();
        for (int count = in.getInt(); count > 0; count--) {
            imports.add(
                    new InitialInstance.FunctionName(
                            readName(in), Short.toUnsignedInt(in.getShort())));
        }
        ModuleSignatures signatures = new ModuleSignatures(types, functionTypes, limits);
        long[] captured = readLongs(in);
        long[] mutable = readLongs(in);
        Exports exports = new Exports(in.getInt(), readNumbers(in), readNumbers(in));
        return new InitialInstance(signatures, imports, exports, table, captured, mutable);
    }

    private static List<ValType> types(String names) {
        List<ValType> types = new ArrayList<>();
        for (int i = 0; i < names.length(); i++) {
            types.add(TYPES.get(TYPE_NAMES.indexOf(names.charAt(i))));
        }
        return types;
    }

    private static String readName(ByteBuffer in) {
        byte[] bytes = new byte[Short.toUnsignedInt(in.getShort())];
        in.get(bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static long[] readLongs(ByteBuffer in) {
        long[] values = new long[in.getInt()];
        for (int i = 0; i < values.length; i++) {
            values[i] = in.getLong();
        }
        return values;
    }

    private static Map<String, Integer> readNumbers(ByteBuffer in) {
        int count = in.getInt();
        Map<String, Integer> numbers = new HashMap<>(2 * count);
        for (int i = 0; i < count; i++) {
            numbers.put(readName(in), in.getInt());
        }
        return numbers;
    }
}
