package io.github.jdbcpglite.engine.nativecode;

import static io.github.jdbcpglite.engine.LinearMemory.PAGE_SIZE;

import io.github.jdbcpglite.engine.description.StoredPages;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.BitSet;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A file without a name that holds pages, each at its own index; those never written are holes.
 * Lives until it is closed or nobody refers to it, and the mappings of it longer.
 *
 * <p>The descriptor stays here: what uses it keeps the file, which would otherwise be closed when
 * nobody refers to it any more, and another could get the same number.
 */
final class PageFile {
    private static final int NO_FILE = -1;

    private final int descriptor;
    private final int pageCount;
    private final Resource resource;
    private boolean isClosed;

    /** Makes a file of zeros. */
    PageFile(int pageCount) {
        this.pageCount = pageCount;
        int made = Native.newFile(bytes());
        if (made < 0) {
            throw new OutOfMemoryError("the system has no room for a file in memory");
        }
        descriptor = made;
        resource = new Resource(this, () -> Native.closeFile(made));
    }

    int pageCount() {
        return pageCount;
    }

    private long bytes() {
        return (long) pageCount * PAGE_SIZE;
    }

    /** Returns how many bytes it occupies, none when it is closed; any thread. */
    synchronized long occupiedBytes() {
        try {
            return isClosed ? 0 : Native.occupied(descriptor);
        } finally {
            Reference.reachabilityFence(this);
        }
    }

    /** Gives the file back; who has mapped it keeps that. Nobody uses it after this. Idempotent. */
    synchronized void close() {
        isClosed = true;
        resource.close();
    }

    /** Returns the descriptor for one call, during which this must be reachable. */
    private synchronized int descriptor() {
        if (isClosed) {
            throw new IllegalStateException("the file is closed");
        }
        return descriptor;
    }

    /** Shows pages in a reservation, each at its own index, copied when they are written. */
    boolean mapImage(long at, int first, int count) {
        try {
            return Native.mapImage(at, first, count, descriptor());
        } finally {
            Reference.reachabilityFence(this);
        }
    }

    /** Shows pages in a reservation, from one of this file's on, as everybody sees them. */
    boolean mapShared(long at, int first, int count, int filePage) {
        try {
            return Native.mapShared(at, first, count, descriptor(), filePage);
        } finally {
            Reference.reachabilityFence(this);
        }
    }

    /**
     * Writes pages of a reservation into this file, each at its own index.
     *
     * @param image what shows where nobody has touched a page; without it every page is read
     */
    boolean save(long at, int first, int count, @Nullable PageFile image) {
        try {
            return Native.save(
                    at, first, count, descriptor(), image == null ? NO_FILE : image.descriptor());
        } finally {
            Reference.reachabilityFence(this);
            Reference.reachabilityFence(image);
        }
    }

    /** Stores a number at an address that is a multiple of its size. */
    void putLong(int address, long value) {
        byte[] bytes = new byte[Long.BYTES];
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putLong(value);
        write(address, bytes, bytes.length);
    }

    /** Reads a page into an array. */
    void readPage(int index, byte[] page) {
        Objects.checkIndex(index, pageCount);
        try {
            requireRoom(Native.readFile(descriptor(), (long) index * PAGE_SIZE, page, PAGE_SIZE));
        } finally {
            Reference.reachabilityFence(this);
        }
    }

    private void write(long at, byte[] bytes, int length) {
        Objects.checkFromIndexSize(at, length, bytes());
        try {
            requireRoom(Native.writeFile(descriptor(), at, bytes, length));
        } finally {
            Reference.reachabilityFence(this);
        }
    }

    private static void requireRoom(boolean done) {
        if (!done) {
            throw new OutOfMemoryError("the system has no room for pages of a file in memory");
        }
    }

    /** Returns a copy of it. */
    PageFile copy() {
        PageFile copy = new PageFile(pageCount);
        try {
            requireRoom(Native.copyFile(descriptor(), copy.descriptor, bytes()));
            return copy;
        } finally {
            Reference.reachabilityFence(this);
        }
    }

    /** Returns the pages that are not holes. */
    BitSet pages() {
        try {
            BitSet pages = new BitSet();
            long at = Native.nextData(descriptor(), 0);
            while (at >= 0 && at < bytes()) {
                int page = (int) (at / PAGE_SIZE);
                pages.set(page);
                at = Native.nextData(descriptor(), (page + 1L) * PAGE_SIZE);
            }
            return pages;
        } finally {
            Reference.reachabilityFence(this);
        }
    }

    /** Writes those of some pages that are not zeros. */
    void writePages(DataOutput out, BitSet wanted) throws IOException {
        BitSet pages = pages();
        pages.and(wanted);
        byte[] page = new byte[PAGE_SIZE];
        StoredPages.write(
                out,
                pages,
                index -> {
                    readPage(index, page);
                    return page;
                });
    }

    /** Reads what {@link #writePages} has written. */
    void readPages(DataInput in) throws IOException {
        byte[] page = new byte[PAGE_SIZE];
        StoredPages.read(
                in,
                new StoredPages.Target() {
                    @Override
                    public byte[] array() {
                        return page;
                    }

                    @Override
                    public void take(int index, byte[] array, int length) {
                        write((long) index * PAGE_SIZE, array, length);
                    }
                });
    }
}
