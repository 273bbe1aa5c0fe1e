package io.github.jdbcpglite.wasm.emscripten.syscall;

import io.github.jdbcpglite.wasm.fs.ErrnoException;
import io.github.jdbcpglite.wasm.fs.FdTable;
import io.github.jdbcpglite.wasm.fs.OpenFile;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Files mapped shared and writable, by guest address.
 *
 * <p>A mapping outlives its descriptor, so each file has a second one in a table that the guest
 * does not see.
 */
final class MemoryMappings {
    private final FdTable files = new FdTable();
    private final Map<Integer, Integer> hiddenFds = new HashMap<>();

    /** Keeps a file open for the mapping at an address; EMFILE. */
    void add(int addr, OpenFile file) throws ErrnoException {
        hiddenFds.put(addr, files.add(file));
    }

    /** Returns the file mapped at an address. */
    @Nullable OpenFile get(int addr) throws ErrnoException {
        Integer fd = hiddenFds.get(addr);
        return fd == null ? null : files.get(fd);
    }

    /** Forgets the mapping at an address, if there is one. */
    void remove(int addr) throws ErrnoException {
        Integer fd = hiddenFds.remove(addr);
        if (fd != null) {
            files.close(fd);
        }
    }

    /** Counts the mappings of shared memory less; before {@link #close}. */
    void leave(SharedSegments segments) throws ErrnoException {
        for (int fd : hiddenFds.values()) {
            OpenFile file = files.get(fd);
            if (SharedSegments.contains(file)) {
                segments.unmap(file);
            }
        }
    }

    /** Forgets every mapping without writing it back, as the end of a process does. */
    void close() throws ErrnoException {
        hiddenFds.clear();
        files.closeAll();
    }
}
