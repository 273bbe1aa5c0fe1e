package io.github.jdbcpglite.build.icu;

import io.github.jdbcpglite.build.stage.PipelineException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * Turns parts of a file from big-endian to little-endian. Not thread-safe.
 *
 * @see <a href="https://unicode-org.github.io/icu/userguide/icu_data/">ICU data</a>
 */
final class ByteOrderSwap {
    private static final int MAGIC = 0xda27;
    private static final int MAGIC_OFFSET = 2;
    private static final int INFO_OFFSET = 4;
    private static final int RESERVED_OFFSET = 6;
    private static final int BIG_ENDIAN_OFFSET = 8;
    private static final int FORMAT_OFFSET = 12;
    private static final int FORMAT_LENGTH = 4;
    private static final int VERSION_OFFSET = 16;
    private static final int SMALLEST_HEADER = 24;

    private final ByteBuffer in;
    private final byte[] out;

    ByteOrderSwap(byte[] bigEndian) {
        this.in = ByteBuffer.wrap(bigEndian).order(ByteOrder.BIG_ENDIAN);
        this.out = bigEndian.clone();
    }

    /** Returns the file with the parts that were swapped so far. */
    byte[] result() {
        return out.clone();
    }

    /** Returns the 16-bit unsigned number at an offset, as it was. */
    int uint16(int offset) {
        require(offset, offset + Short.BYTES, Short.BYTES);
        return Short.toUnsignedInt(in.getShort(offset));
    }

    /** Returns the 32-bit number at an offset, as it was. */
    int int32(int offset) {
        require(offset, offset + Integer.BYTES, Integer.BYTES);
        return in.getInt(offset);
    }

    /**
     * Swaps numbers.
     *
     * @param from offset of the first byte
     * @param to offset behind the last byte
     * @param width bytes of each
     */
    void swap(int from, int to, int width) {
        require(from, to, width);
        for (int first = from; first < to; first += width) {
            for (int i = 0; i < width; i++) {
                out[first + i] = in.get(first + width - 1 - i);
            }
        }
    }

    private void require(int from, int to, int width) {
        if (from < 0 || to > out.length || from > to || (to - from) % width != 0) {
            throw new PipelineException(
                    "ICU's data has no numbers of " + width + " bytes from " + from + " to " + to);
        }
    }

    /** Returns whether a header of ICU's data begins at an offset. */
    boolean hasHeader(int offset, int length) {
        return length >= SMALLEST_HEADER && uint16(offset + MAGIC_OFFSET) == MAGIC;
    }

    /** Returns the format that a header names, four characters. */
    String format(int offset) {
        byte[] name = new byte[FORMAT_LENGTH];
        in.get(offset + FORMAT_OFFSET, name);
        return new String(name, StandardCharsets.US_ASCII);
    }

    /** Returns the first number of the format's version. */
    int formatVersion(int offset) {
        return in.get(offset + VERSION_OFFSET);
    }

    /**
     * Swaps a header.
     *
     * @return its length in bytes
     */
    int swapHeader(int offset) {
        if (in.get(offset + BIG_ENDIAN_OFFSET) != 1) {
            throw new PipelineException("ICU's data is not big-endian");
        }
        int length = uint16(offset);
        swap(offset, offset + MAGIC_OFFSET, Short.BYTES);
        swap(offset + INFO_OFFSET, offset + RESERVED_OFFSET + Short.BYTES, Short.BYTES);
        out[offset + BIG_ENDIAN_OFFSET] = 0;
        return length;
    }
}
