package io.github.jdbcpglite.build.wasm;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Reads LEB128 numbers, names and raw bytes from an array, moving forward only. */
public final class ByteReader {
    private final byte[] bytes;
    private final int end;
    private int position;

    /**
     * Reads all of an array.
     *
     * @param bytes the bytes, not copied
     */
    public ByteReader(byte[] bytes) {
        this.bytes = bytes;
        this.end = bytes.length;
    }

    /** Returns the offset of the next byte. */
    public int position() {
        return position;
    }

    /** Returns whether a byte is left. */
    public boolean hasRemaining() {
        return position < end;
    }

    /**
     * Reads one byte.
     *
     * @return 0 to 255
     * @throws WasmFormatException at the end
     */
    public int u8() {
        if (position >= end) {
            throw new WasmFormatException("unexpected end at offset " + position);
        }
        return bytes[position++] & 0xFF;
    }

    /**
     * Reads an unsigned LEB128 number of at most 32 bits.
     *
     * @return the number's bits; indexes and sizes used here always fit the positive range
     */
    public int u32() {
        return (int) leb(32, false);
    }

    /** Reads an unsigned LEB128 number of at most 64 bits. */
    public long u64() {
        return leb(64, false);
    }

    /** Reads a signed LEB128 number of at most 32 bits. */
    public int s32() {
        return (int) leb(32, true);
    }

    /** Reads a signed LEB128 number of at most 33 bits, the encoding of a block type. */
    public long s33() {
        return leb(33, true);
    }

    /** Reads a signed LEB128 number of at most 64 bits. */
    public long s64() {
        return leb(64, true);
    }

    /** Reads four bytes, least significant first. */
    public int fixed32() {
        int value = 0;
        for (int shift = 0; shift < 32; shift += 8) {
            value |= u8() << shift;
        }
        return value;
    }

    /** Reads eight bytes, least significant first. */
    public long fixed64() {
        return (fixed32() & 0xFFFFFFFFL) | (long) fixed32() << 32;
    }

    /**
     * Reads raw bytes.
     *
     * @param length how many, not negative
     * @return a copy
     * @throws WasmFormatException if fewer are left
     */
    public byte[] raw(int length) {
        if (length < 0 || length > end - position) {
            throw new WasmFormatException(
                    "length " + Integer.toUnsignedString(length) + " at offset " + position
                            + " exceeds the " + (end - position) + " bytes left");
        }
        byte[] copy = Arrays.copyOfRange(bytes, position, position + length);
        position += length;
        return copy;
    }

    /**
     * Copies bytes that were already read.
     *
     * @param from the offset of the first one, at most {@link #position()}
     */
    public byte[] readSince(int from) {
        return Arrays.copyOfRange(bytes, from, position);
    }

    /** Reads a vector of bytes as UTF-8. */
    public String name() {
        return new String(raw(u32()), StandardCharsets.UTF_8);
    }

    private long leb(int bits, boolean signed) {
        long value = 0;
        int shift = 0;
        int next;
        do {
            if (shift >= bits) {
                throw new WasmFormatException("number too long before offset " + position);
            }
            next = u8();
            value |= (long) (next & 0x7F) << shift;
            shift += 7;
        } while ((next & 0x80) != 0);
        if (signed && shift < 64 && (next & 0x40) != 0) {
            value |= -1L << shift;
        }
        return value;
    }
}
