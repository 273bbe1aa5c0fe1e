package io.github.jdbcpglite.engine.bytecode.memory;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;

/**
 * The stored form of pages: a count, then for each page its index, the number of bytes before its
 * trailing zeros, and those bytes; numbers are of 32 bits, the most significant byte first. A page
 * of zeros is left out.
 */
final class PageCodec {
    private PageCodec() {}

    static void write(DataOutput out, Map<Integer, byte[]> pages) throws IOException {
        Map<Integer, byte[]> written = new TreeMap<>(pages);
        written.values().removeIf(page -> length(page) == 0);
        out.writeInt(written.size());
        for (Map.Entry<Integer, byte[]> page : written.entrySet()) {
            int length = length(page.getValue());
            out.writeInt(page.getKey());
            out.writeInt(length);
            out.write(page.getValue(), 0, length);
        }
    }

    private static int length(byte[] page) {
        int length = page.length;
        while (length > 0 && page[length - 1] == 0) {
            length--;
        }
        return length;
    }

    /** Reads each page into its array, since the start of a JVM would pay for another copy. */
    static Map<Integer, byte[]> read(DataInput in) throws IOException {
        Map<Integer, byte[]> pages = new TreeMap<>();
        int count = in.readInt();
        for (int i = 0; i < count; i++) {
            int index = in.readInt();
            int length = in.readInt();
            byte[] page = new byte[PagedLinearMemory.PAGE_SIZE];
            in.readFully(page, 0, length);
            pages.put(index, page);
        }
        return pages;
    }
}
