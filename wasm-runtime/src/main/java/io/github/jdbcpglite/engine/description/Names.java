package io.github.jdbcpglite.engine.description;

import java.io.DataOutput;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/** The stored form of names and of what stands under them. */
final class Names {
    private Names() {}

    static void write(DataOutput out, String name) throws IOException {
        byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
        out.writeShort(bytes.length);
        out.write(bytes);
    }

    static String read(ByteBuffer in) {
        byte[] bytes = new byte[Short.toUnsignedInt(in.getShort())];
        in.get(bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    static void writeExports(DataOutput out, Exports exports) throws IOException {
        out.writeInt(exports.stackPointer());
        writeNumbers(out, exports.functions());
        writeNumbers(out, exports.addresses());
    }

    static Exports readExports(ByteBuffer in) {
        return new Exports(in.getInt(), readNumbers(in), readNumbers(in));
    }

    private static void writeNumbers(DataOutput out, Map<String, Integer> numbers)
            throws IOException {
        out.writeInt(numbers.size());
        for (Map.Entry<String, Integer> entry : new TreeMap<>(numbers).entrySet()) {
            write(out, entry.getKey());
            out.writeInt(entry.getValue());
        }
    }

    private static Map<String, Integer> readNumbers(ByteBuffer in) {
        int count = in.getInt();
        Map<String, Integer> numbers = new HashMap<>(2 * count);
        for (int i = 0; i < count; i++) {
            numbers.put(read(in), in.getInt());
        }
        return numbers;
    }
}
