package io.github.jdbcpglite.engine.nativecode;

import static io.github.jdbcpglite.engine.LinearMemory.PAGE_SIZE;

import io.github.jdbcpglite.engine.LinearMemory;
import io.github.jdbcpglite.engine.SharedMemory;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Pages of one file that all processes of a cluster map. */
final class NativeSharedMemory implements SharedMemory {
    private final BitSet range;
    private final Set<NativeMemory> members = new HashSet<>();

    /** What it started from. */
    private @Nullable NativeSharedImage image;

    /** Made with the first range, or from an image; gone when this is closed. */
    private volatile @Nullable PageFile file;

    private long bytesAtStart;

    NativeSharedMemory() {
        range = new BitSet();
        image = null;
    }

    NativeSharedMemory(NativeSharedImage image) {
        this.image = image;
        range = (BitSet) image.range().clone();
        PageFile copy = image.file().copy();
        file = copy;
        bytesAtStart = copy.occupiedBytes();
    }

    BitSet range() {
        return range;
    }

    private PageFile file() {
        PageFile known = file;
        if (known == null) {
            throw new IllegalStateException("there are no shared pages");
        }
        return known;
    }

    @Override
    public void add(LinearMemory source, int firstPage, int pageCount) {
        NativeMemory memory = (NativeMemory) source;
        if (file == null) {
            file = new PageFile(LinearMemory.MAX_PAGES);
        }
        memory.save(firstPage, pageCount, file());
        memory.showShared(firstPage, pageCount, file(), firstPage);
        range.set(firstPage, firstPage + pageCount);
    }

    @Override
    public void join(LinearMemory joining) {
        NativeMemory memory = (NativeMemory) joining;
        for (int first = range.nextSetBit(0); first >= 0; ) {
            int end = range.nextClearBit(first);
            memory.showShared(first, end - first, file(), first);
            first = range.nextSetBit(end);
        }
        members.add(memory);
    }

    @Override
    public void leave(LinearMemory memory) {
        members.remove((NativeMemory) memory);
    }

    @Override
    public NativeSharedImage freeze() {
        if (!members.isEmpty()) {
            throw new IllegalStateException("the shared pages are in use");
        }
        NativeSharedImage frozen = new NativeSharedImage((BitSet) range.clone(), file(), null);
        PageFile own = frozen.file().copy();
        file = own;
        bytesAtStart = own.occupiedBytes();
        image = frozen;
        return frozen;
    }

    @Override
    public void replaceLong(long from, long to) {
        NativeSharedImage known = image;
        if (known != null) {
            List<Integer> addresses = known.find(from);
            addresses.forEach(address -> file().putLong(address, to));
        }
    }

    @Override
    public long unallocatedBytes() {
        PageFile known = file;
        long all = (long) range.cardinality() * PAGE_SIZE;
        return known == null ? 0 : Math.max(0, all - allocatedBytes());
    }

    @Override
    public long allocatedBytes() {
        PageFile known = file;
        return known == null ? 0 : Math.max(0, known.occupiedBytes() - bytesAtStart);
    }

    @Override
    public void close() {
        PageFile known = file;
        if (known != null) {
            file = null;
            known.close();
        }
    }
}
