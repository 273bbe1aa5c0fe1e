package io.github.jdbcpglite.engine.description;

import io.github.jdbcpglite.engine.LinearMemory;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.BitSet;
import java.util.function.IntFunction;

/**
 * The stored form of pages: a count, then for each page its index, the number of bytes before its
 * trailing zeros, and those bytes; numbers are of 32 bits, the most significant byte first. A page
 * of zeros is left out.
 */
public final class StoredPages {
    private StoredPages() {}

    /**
     * Writes pages.
     *
     * @param indexes which ones
     * @param page gives the bytes of one, which may lie in the same array each time
     */
    public static void write(DataOutput out, BitSet indexes, IntFunction<byte[]> page)
            throws IOException {
        BitSet written = new BitSet();
        for (int i = indexes.nextSetBit(0); i >= 0; i = indexes.nextSetBit(i + 1)) {
            written.set(i, length(page.apply(i)) > 0);
        }
        out.writeInt(written.cardinality());
        for (int i = written.nextSetBit(0); i >= 0; i = written.nextSetBit(i + 1)) {
            byte[] bytes = page.apply(i);
            int length = length(bytes);
            out.writeInt(i);
            out.writeInt(length);
            out.write(bytes, 0, length);
        }
    }

    private static int length(byte[] page) {
        int length = page.length;
        while (length > 0 && page[length - 1] == 0) {
            length--;
        }
        return length;
    }

    /** Takes pages that are read. */
    public interface Target {
        /** Returns the array that a page is read into, of zeros behind what is read. */
        byte[] array();

        /**
         * Takes a page.
         *
         * @param length of what was read
         */
        void take(int index, byte[] array, int length);
    }

    /** Reads pages. */
    public static void read(DataInput in, Target target) throws IOException {
        for (int count = in.readInt(); count > 0; count--) {
            int index = in.readInt();
            int length = in.readInt();
            if (index < 0 || length < 0 || length > LinearMemory.PAGE_SIZE) {
                throw new IOException("page " + index + " has " + length + " bytes");
            }
            byte[] array = target.array();
            in.readFully(array, 0, length);
            target.take(index, array, length);
        }
    }
}
