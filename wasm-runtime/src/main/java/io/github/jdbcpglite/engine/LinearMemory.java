package io.github.jdbcpglite.engine;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.BitSet;

/**
 * The linear memory of a guest process: bytes at addresses from 0, in pages of 64 KiB,
 * little-endian as WebAssembly has it.
 *
 * <p>An access outside of it is an {@link AddressFault}, and then nothing was stored. Addresses and
 * lengths are unsigned numbers of 32 bits.
 *
 * <p>Belongs to the thread of its process, except for what says otherwise; other threads go through
 * a {@link MemoryLease}. Pages that are shared by a {@link SharedMemory} are for the holder of the
 * cluster's lock.
 */
public interface LinearMemory {
    /** Bytes of a page. */
    int PAGE_SIZE = 1 << 16;

    /** The most pages a memory may have, so that every address is a positive int. */
    int MAX_PAGES = (1 << 15) - 1;

    /** Returns the size in pages. */
    int pages();

    /**
     * Appends pages of zeros.
     *
     * @return the size before, or -1 if it cannot grow so far or there is no room
     */
    int grow(int pages);

    /** Returns how many pages it may have. */
    int maximumPages();

    /** Returns whether it would grow at once by so many pages. */
    boolean hasRoom(int pages);

    /** Returns a byte. */
    byte getByte(int address);

    /** Returns a number of 16 bits, at any address. */
    short getShort(int address);

    /** Returns a number of 32 bits, at any address. */
    int getInt(int address);

    /** Returns a number of 64 bits, at any address. */
    long getLong(int address);

    /** Returns a floating-point number of 64 bits, at any address. */
    default double getDouble(int address) {
        return Double.longBitsToDouble(getLong(address));
    }

    /** Stores a byte. */
    void putByte(int address, byte value);

    /** Stores a number of 16 bits, at any address. */
    void putShort(int address, short value);

    /** Stores a number of 32 bits, at any address. */
    void putInt(int address, int value);

    /** Stores a number of 64 bits, at any address. */
    void putLong(int address, long value);

    /** Copies bytes out of memory into an array. */
    void get(int address, byte[] target, int offset, int length);

    /** Returns a copy of bytes. */
    default byte[] getBytes(int address, int length) {
        byte[] bytes = new byte[length];
        get(address, bytes, 0, length);
        return bytes;
    }

    /** Copies bytes of an array into memory. */
    void put(int address, byte[] source, int offset, int length);

    /** Copies an array into memory. */
    default void put(int address, byte[] source) {
        put(address, source, 0, source.length);
    }

    /** Stores one byte into each place of a range. */
    void fill(int address, int length, byte value);

    /**
     * Passes the contents of a range to a consumer, in order and in parts, so that they move
     * between a file and the guest with as few copies as the engine can.
     *
     * @return the sum of what the consumer took; a part taken incompletely ends the walk
     */
    <X extends Exception> int readThrough(int address, int length, ByteRange<X> consumer) throws X;

    /** As {@link #readThrough}, for storing into the range what a producer puts into the parts. */
    <X extends Exception> int writeThrough(int address, int length, ByteRange<X> producer) throws X;

    /** Returns the UTF-8 text that ends before the first byte 0. */
    default String getString(int address) {
        return getString(address, StandardCharsets.UTF_8);
    }

    /** Returns the text that ends before the first byte 0. */
    default String getString(int address, Charset charset) {
        int length = 0;
        while (getByte(address + length) != 0) {
            length++;
        }
        return new String(getBytes(address, length), charset);
    }

    /** Makes pages its own again that it showed for {@link SharedPages}, with zeros. */
    void hide(int firstPage, int pageCount);

    /** Takes an image of all pages, which are copy-on-write here from then on. */
    MemoryImage freeze();

    /** Returns the bytes of pages that no other memory sees. Any thread that holds a lease. */
    long privateBytes();

    /** Returns how many bytes become its own at a time: a page, or an equal part of one. */
    int unitBytes();

    /** Returns the indexes of the units that this memory has alone, as they are now. */
    BitSet ownUnits();

    /**
     * Makes units its own before anything is stored into them; those beyond the end stay out.
     *
     * @param units as {@link #ownUnits} of another memory of the same engine tells
     */
    void makeOwn(BitSet units);

    /** Gives its pages back. Nobody uses it after that. Idempotent. */
    void close();
}
