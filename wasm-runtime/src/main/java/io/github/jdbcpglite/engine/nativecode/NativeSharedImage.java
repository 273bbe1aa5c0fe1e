package io.github.jdbcpglite.engine.nativecode;

import static io.github.jdbcpglite.engine.LinearMemory.PAGE_SIZE;

import io.github.jdbcpglite.engine.LinearMemory;
import io.github.jdbcpglite.engine.SharedImage;
import io.github.jdbcpglite.engine.SharedMemory;
import io.github.jdbcpglite.engine.description.SharedImageHead;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Shared pages in a file to which nobody writes any more. */
final class NativeSharedImage implements SharedImage {
    private final BitSet range;
    private final PageFile file;
    private @Nullable Found found;

    NativeSharedImage(BitSet range, PageFile file, @Nullable Found found) {
        this.range = range;
        this.file = file;
        this.found = found;
    }

    /** Where a number stands. */
    private record Found(long value, List<Integer> addresses) {}

    BitSet range() {
        return range;
    }

    PageFile file() {
        return file;
    }

    @Override
    public SharedMemory share() {
        return new NativeSharedMemory(this);
    }

    /** Finds the addresses, multiples of its size, at which a number stands; remembers the last. */
    synchronized List<Integer> find(long value) {
        Found known = found;
        if (known == null || known.value != value) {
            List<Integer> addresses = new ArrayList<>();
            byte[] bytes = new byte[PAGE_SIZE];
            ByteBuffer numbers = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
            for (int page : file.pages().stream().filter(range::get).toArray()) {
                file.readPage(page, bytes);
                for (int at = 0; at < PAGE_SIZE; at += Long.BYTES) {
                    if (numbers.getLong(at) == value) {
                        addresses.add(page * PAGE_SIZE + at);
                    }
                }
            }
            known = new Found(value, List.copyOf(addresses));
            found = known;
        }
        return known.addresses;
    }

    @Override
    public void write(DataOutput out, long sought) throws IOException {
        new SharedImageHead(sought, find(sought), range).write(out);
        file.writePages(out, range);
    }

    /** Reads an image. */
    static NativeSharedImage read(DataInput in) throws IOException {
        SharedImageHead head = SharedImageHead.read(in);
        PageFile file = new PageFile(LinearMemory.MAX_PAGES);
        file.readPages(in);
        return new NativeSharedImage(
                head.range(), file, new Found(head.sought(), head.addresses()));
    }
}
