package io.github.jdbcpglite.build.wasm;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Collects LEB128 numbers, names and raw bytes. Numbers get their shortest encoding. */
public final class ByteWriter {
    private byte[] bytes = new byte[256];
    private int size;

    /** Returns the number of bytes written. */
    public int size() {
        return size;
    }

    /**
     * Appends one byte.
     *
     * @param value its low eight bits count
     * @return this
     */
    public ByteWriter u8(int value) {
        if (size == bytes.length) {
            bytes = Arrays.copyOf(bytes, size * 2);
        }
        bytes[size++] = (byte) value;
        return this;
    }

    /** Appends 32 bits as an unsigned LEB128 number. */
    public ByteWriter u32(int value) {
        return u64(value & 0xFFFFFFFFL);
    }

    /** Appends 64 bits as an unsigned LEB128 number. */
    public ByteWriter u64(long value) {
        long rest = value;
        while ((rest & ~0x7FL) != 0) {
            u8((int) rest & 0x7F | 0x80);
            rest >>>= 7;
        }
        return u8((int) rest);
    }

    /** Appends a signed LEB128 number. */
    public ByteWriter s64(long value) {
        long rest = value;
        while (rest < -64 || rest > 63) {
            u8((int) rest & 0x7F | 0x80);
            rest >>= 7;
        }
        return u8((int) rest & 0x7F);
    }

    /** Appends four bytes, least significant first. */
    public ByteWriter fixed32(int value) {
        return u8(value).u8(value >> 8).u8(value >> 16).u8(value >> 24);
    }

    /** Appends eight bytes, least significant first. */
    public ByteWriter fixed64(long value) {
        return fixed32((int) value).fixed32((int) (value >> 32));
    }

    /** Appends bytes as they are. */
    public ByteWriter raw(byte[] source) {
        int needed = size + source.length;
        if (needed > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(needed, bytes.length * 2));
        }
        System.arraycopy(source, 0, bytes, size, source.length);
        size = needed;
        return this;
    }

    /** Appends a vector of bytes: their number, then the bytes. */
    public ByteWriter vector(byte[] source) {
        return u32(source.length).raw(source);
    }

    /** Appends a string as a vector of UTF-8 bytes. */
    public ByteWriter name(String text) {
        return vector(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Returns a copy of everything written. */
    public byte[] toBytes() {
        return Arrays.copyOf(bytes, size);
    }
}
