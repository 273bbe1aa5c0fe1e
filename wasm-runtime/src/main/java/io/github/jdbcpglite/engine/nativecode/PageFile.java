package io.github.jdbcpglite.engine.nativecode;

import static io.github.jdbcpglite.engine.LinearMemory.PAGE_SIZE;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/**
 * A file without a name that holds pages, each at its own index; those never written are holes.
 * Lives as long as somebody refers to it, and the mappings of it longer.
 */
final class PageFile {
    private final int descriptor;
    private final int pageCount;
    private @Nullable Mapping mapping;

    /** Makes a file of zeros. */
    PageFile(int pageCount) {
        this.pageCount = pageCount;
        int made = Native.newFile(bytes());
        if (made < 0) {
            throw new OutOfMemoryError("the system has no room for a file in memory");
        }
        descriptor = made;
        new Resource(this, () -> Native.closeFile(made));
    }

    /** Where the host sees the file. */
    private static final class Mapping {
        final ByteBuffer bytes;

        Mapping(int file, long size) {
            long address = Native.mapFile(file, size);
            if (address == 0) {
                throw new OutOfMemoryError("the system has no room to map a file in memory");
            }
            bytes = Native.buffer(address, size).order(ByteOrder.LITTLE_ENDIAN);
            new Resource(this, () -> Native.unmap(address, size));
        }
    }

    int descriptor() {
        return descriptor;
    }

    int pageCount() {
        return pageCount;
    }

    private long bytes() {
        return (long) pageCount * PAGE_SIZE;
    }

    /** Returns how many bytes it occupies. */
    long occupiedBytes() {
        return Native.occupied(descriptor);
    }

    private synchronized Mapping mapping() {
        Mapping known = mapping;
        if (known == null) {
            known = new Mapping(descriptor, bytes());
            mapping = known;
        }
        return known;
    }

    void putLong(int address, long value) {
        mapping().bytes.putLong(address, value);
    }

    long getLong(int address) {
        return mapping().bytes.getLong(address);
    }

    /** Returns a copy of it. */
    PageFile copy() {
        PageFile copy = new PageFile(pageCount);
        if (!Native.copyFile(descriptor, copy.descriptor, bytes())) {
            throw new OutOfMemoryError("the system has no room for a copy of shared memory");
        }
        return copy;
    }

    /** Returns the pages that are not holes. */
    BitSet pages() {
        BitSet pages = new BitSet();
        long at = Native.nextData(descriptor, 0);
        while (at >= 0 && at < bytes()) {
            int page = (int) (at / PAGE_SIZE);
            pages.set(page);
            at = Native.nextData(descriptor, (page + 1L) * PAGE_SIZE);
        }
        return pages;
    }

    /** Writes pages as {@link #readPages} reads them. */
    void writePages(DataOutput out, BitSet wanted) throws IOException {
        BitSet pages = pages();
        pages.and(wanted);
        byte[] page = new byte[PAGE_SIZE];
        int[] lengths = new int[pageCount];
        pages.stream()
                .forEach(
                        index -> {
                            mapping().bytes.get(index * PAGE_SIZE, page);
                            lengths[index] = length(page);
                        });
        pages.stream().filter(index -> lengths[index] == 0).forEach(pages::clear);
        out.writeInt(pages.cardinality());
        for (int index = pages.nextSetBit(0); index >= 0; index = pages.nextSetBit(index + 1)) {
            mapping().bytes.get(index * PAGE_SIZE, page);
            out.writeInt(index);
            out.writeInt(lengths[index]);
            out.write(page, 0, lengths[index]);
        }
    }

    private static int length(byte[] page) {
        int length = page.length;
        while (length > 0 && page[length - 1] == 0) {
            length--;
        }
        return length;
    }

    /**
     * Reads pages in their stored form: a count, then for each page its index, the number of bytes
     * before its trailing zeros, and those bytes.
     */
    void readPages(DataInput in) throws IOException {
        byte[] page = new byte[PAGE_SIZE];
        for (int count = in.readInt(); count > 0; count--) {
            int index = in.readInt();
            int length = in.readInt();
            in.readFully(page, 0, length);
            mapping().bytes.put(index * PAGE_SIZE, page, 0, length);
        }
    }
}
