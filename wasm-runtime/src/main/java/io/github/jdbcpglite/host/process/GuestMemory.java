package io.github.jdbcpglite.host.process;

import io.github.jdbcpglite.engine.LinearMemory;
import io.github.jdbcpglite.host.fs.Errno;
import io.github.jdbcpglite.host.fs.ErrnoException;
import io.github.jdbcpglite.host.fs.GuestPath;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Strings and checked ranges of the guest's linear memory. */
public final class GuestMemory {
    private final LinearMemory memory;

    /** Makes a view of a guest's memory. */
    public GuestMemory(LinearMemory memory) {
        this.memory = memory;
    }

    /**
     * Fails with EFAULT unless a range is inside linear memory and does not start at null.
     *
     * @param size bytes, unsigned
     */
    public void check(int addr, int size) throws ErrnoException {
        long end = Integer.toUnsignedLong(addr) + Integer.toUnsignedLong(size);
        if (addr == 0 || end > (long) memory.pages() * LinearMemory.PAGE_SIZE) {
            throw new ErrnoException(Errno.EFAULT);
        }
    }

    /**
     * Reads a path.
     *
     * @throws ErrnoException EFAULT, ENAMETOOLONG, EINVAL if it is not UTF-8
     */
    public String path(int addr) throws ErrnoException {
        byte[] bytes = bytes(addr, GuestPath.MAX_PATH_BYTES);
        String text = new String(bytes, StandardCharsets.UTF_8);
        if (text.indexOf('\uFFFD') >= 0 && !isUtf8(bytes)) {
            throw new ErrnoException(Errno.EINVAL);
        }
        return text;
    }

    /**
     * Reads a string without its terminating zero.
     *
     * @param limit longest string in bytes, the zero included
     * @throws ErrnoException EFAULT, ENAMETOOLONG
     */
    public byte[] bytes(int addr, int limit) throws ErrnoException {
        check(addr, 1);
        int length = 0;
        while (memory.getByte(addr + length) != 0) {
            length++;
            if (length == limit) {
                throw new ErrnoException(Errno.ENAMETOOLONG);
            }
        }
        return memory.getBytes(addr, length);
    }

    private static boolean isUtf8(byte[] bytes) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }

    /** Writes a string and its terminating zero; there must be room. */
    public void writeString(int addr, byte[] text) {
        memory.put(addr, text, 0, text.length);
        memory.putByte(addr + text.length, (byte) 0);
    }
}
