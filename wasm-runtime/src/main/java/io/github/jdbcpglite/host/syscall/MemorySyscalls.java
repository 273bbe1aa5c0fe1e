package io.github.jdbcpglite.host.syscall;

import io.github.jdbcpglite.engine.LinearMemory;
import io.github.jdbcpglite.engine.SharedPages;
import io.github.jdbcpglite.host.descriptor.OpenFile;
import io.github.jdbcpglite.host.fs.Errno;
import io.github.jdbcpglite.host.fs.ErrnoException;
import io.github.jdbcpglite.host.fs.FileHandle;
import io.github.jdbcpglite.host.fs.FileType;
import io.github.jdbcpglite.host.fs.OpenFlags;
import io.github.jdbcpglite.host.process.GuestMemory;
import io.github.jdbcpglite.host.process.GuestProcess;
import io.github.jdbcpglite.host.process.HostFunctionTable;
import io.github.jdbcpglite.host.process.SharedSegments;
import io.github.jdbcpglite.host.process.SyscallGroup;

/**
 * Size of linear memory and mapped files. A mapping is a copy: read at {@code mmap}, and written
 * back at {@code munmap} if it is shared and writable. Only a mapping of shared memory is the same
 * pages in every process.
 *
 * @see <a href="https://pubs.opengroup.org/onlinepubs/9799919799/functions/mmap.html">mmap</a>
 */
final class MemorySyscalls implements SyscallGroup {
    static final String RESIZE_HEAP = "emscripten_resize_heap";
    static final String GET_HEAP_MAX = "emscripten_get_heap_max";
    static final String MMAP = "_mmap_js";
    static final String MUNMAP = "_munmap_js";

    private static final int WASM_PAGE = LinearMemory.PAGE_SIZE;
    private static final int PROT_WRITE = 2;
    private static final int MAP_PRIVATE = 2;
    private static final int MAP_TYPE = 3;
    private static final int POINTER_BYTES = 4;

    /** Emscripten's geometric growth: a fifth more than there is, then half of that, then less. */
    private static final double OVERGROWTH = 0.2;

    private static final int LAST_CUT = 4;

    /** Emscripten's limit of growth beyond what was asked for, 96 MiB. */
    private static final long OVERGROWTH_BYTES_MAX = 96L << 20;

    private final GuestProcess process;
    private final LinearMemory memory;
    private final GuestMemory ranges;

    MemorySyscalls(GuestProcess process) {
        this.process = process;
        this.memory = process.memory();
        this.ranges = new GuestMemory(memory);
    }

    void register(HostFunctionTable table) {
        table.plain(this, RESIZE_HEAP, GET_HEAP_MAX, MMAP);
        table.syscall(this, MUNMAP);
    }

    @Override
    public long call(String name, long[] args) throws ErrnoException {
        return switch (name) {
            case RESIZE_HEAP -> resizeHeap(Integer.toUnsignedLong((int) args[0]));
            case GET_HEAP_MAX -> heapMax();
            case MMAP -> mmap(args);
            case MUNMAP -> munmap(args);
            default -> throw SyscallGroup.unknown(name);
        };
    }

    private long heapMax() {
        return (long) memory.maximumPages() * WASM_PAGE;
    }

    /**
     * Grows memory to at least a size; 1 if it did, 0 (ENOMEM in the guest) if it cannot. More than
     * was asked for is only taken where there is plenty.
     */
    private long resizeHeap(long requested) {
        long size = (long) memory.pages() * WASM_PAGE;
        if (requested > heapMax()) {
            return 0;
        }
        for (int cut = 1; cut <= LAST_CUT; cut *= 2) {
            long overgrown = (long) (size * (1 + OVERGROWTH / cut));
            overgrown = Math.min(overgrown, requested + OVERGROWTH_BYTES_MAX);
            int wasmPages = missing(size, Math.min(heapMax(), Math.max(requested, overgrown)));
            if (memory.hasRoom(wasmPages) && memory.grow(wasmPages) >= 0) {
                return 1;
            }
        }
        return memory.grow(missing(size, requested)) >= 0 ? 1 : 0;
    }

    private static int missing(long size, long target) {
        return (int) Math.max(0, (target - size + WASM_PAGE - 1) / WASM_PAGE);
    }

    /**
     * {@code mmap} of a file: EBADF, EACCES, ENODEV, EINVAL, ENOMEM, EFAULT, EIO, as negative
     * numbers. Not adapted like the others, because it calls the guest, whose traps are not EFAULT.
     */
    private long mmap(long[] args) {
        try {
            return map(
                    (int) args[0],
                    (int) args[1],
                    (int) args[2],
                    (int) args[3],
                    args[4],
                    (int) args[5],
                    (int) args[6]);
        } catch (ErrnoException e) {
            return -e.errno().number();
        }
    }

    private long map(
            int length,
            int protection,
            int flags,
            int fd,
            long offset,
            int allocatedAddr,
            int resultAddr)
            throws ErrnoException {
        OpenFile file = process.descriptors().get(fd);
        checkAccess(file, protection, flags);
        if (length <= 0 || offset < 0) {
            throw new ErrnoException(Errno.EINVAL);
        }
        ranges.check(allocatedAddr, POINTER_BYTES);
        ranges.check(resultAddr, POINTER_BYTES);
        int rounded = length + WASM_PAGE - 1 & -WASM_PAGE;
        int addr = rounded <= 0 ? 0 : process.guestCalls().memalign(WASM_PAGE, rounded);
        if (addr == 0) {
            throw new ErrnoException(Errno.ENOMEM);
        }
        try {
            if (isSharedWritable(protection, flags) && SharedSegments.contains(file)) {
                mapSegment(file, offset, addr, rounded / WASM_PAGE);
            } else {
                memory.fill(addr, rounded, (byte) 0);
                copyIn(file.handle(), offset, addr, length);
                if (isSharedWritable(protection, flags)) {
                    process.mappings().add(addr, file);
                }
            }
        } catch (ErrnoException e) {
            process.guestCalls().free(addr);
            throw e;
        }
        memory.putInt(allocatedAddr, 1);
        memory.putInt(resultAddr, addr);
        return 0;
    }

    private void mapSegment(OpenFile file, long offset, int addr, int pageCount)
            throws ErrnoException {
        if (offset != 0) {
            throw new ErrnoException(Errno.EINVAL);
        }
        SharedPages pages = process.segments().map(process.fileSystem(), file, pageCount);
        process.mappings().add(addr, file);
        pages.show(memory, addr / WASM_PAGE);
    }

    /** Gives the guest pages of its own back, which it then puts among its free memory. */
    private void unmapSegment(OpenFile file, int addr, int length) throws ErrnoException {
        int first = addr / WASM_PAGE;
        memory.hide(first, (length + WASM_PAGE - 1) / WASM_PAGE);
        process.segments().unmap(file);
        process.mappings().remove(addr);
    }

    private static void checkAccess(OpenFile file, int protection, int flags)
            throws ErrnoException {
        if (file.handle().status().type() != FileType.REGULAR) {
            throw new ErrnoException(Errno.ENODEV);
        }
        int type = flags & MAP_TYPE;
        if (type == 0) {
            throw new ErrnoException(Errno.EINVAL);
        }
        boolean allowed =
                OpenFlags.isReadable(file.flags())
                        && (!isSharedWritable(protection, flags)
                                || OpenFlags.isWritable(file.flags()));
        if (!allowed) {
            throw new ErrnoException(Errno.EACCES);
        }
    }

    private static boolean isSharedWritable(int protection, int flags) {
        return (flags & MAP_TYPE) != MAP_PRIVATE && (protection & PROT_WRITE) != 0;
    }

    private void copyIn(FileHandle handle, long offset, int addr, int length)
            throws ErrnoException {
        long left = Math.min(length, handle.size() - offset);
        if (left > 0) {
            long[] position = {offset};
            memory.writeThrough(
                    addr,
                    (int) left,
                    (page, from, count) -> {
                        int moved = handle.read(position[0], page, from, count);
                        position[0] += moved;
                        return moved;
                    });
        }
    }

    /**
     * The host's part of {@code munmap}: writes a shared mapping back, as far as the file reaches.
     * The guest frees the memory.
     *
     * @throws ErrnoException EBADF, ENOSPC, EIO, EFAULT
     */
    private long munmap(long[] args) throws ErrnoException {
        int addr = (int) args[0];
        int length = (int) args[1];
        int protection = (int) args[2];
        int flags = (int) args[3];
        if (!isSharedWritable(protection, flags)) {
            return 0;
        }
        OpenFile mapped = process.mappings().get(addr);
        // A mapping from before a snapshot is known to the guest only, which kept the descriptor.
        OpenFile file = mapped == null ? process.descriptors().get((int) args[4]) : mapped;
        if (mapped != null && SharedSegments.contains(mapped)) {
            unmapSegment(mapped, addr, length);
            return 0;
        }
        try {
            copyOut(file.handle(), args[5], addr, length);
        } finally {
            process.mappings().remove(addr);
        }
        return 0;
    }

    private void copyOut(FileHandle handle, long offset, int addr, int length)
            throws ErrnoException {
        long left = Math.min(length, handle.size() - offset);
        if (left > 0) {
            ranges.check(addr, (int) left);
            long[] position = {offset};
            memory.readThrough(
                    addr,
                    (int) left,
                    (page, from, count) -> {
                        int done = 0;
                        while (done < count) {
                            int moved = handle.write(position[0], page, from + done, count - done);
                            position[0] += moved;
                            done += moved;
                        }
                        return done;
                    });
        }
    }
}
