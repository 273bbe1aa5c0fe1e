package io.github.jdbcpglite.host.process;

import io.github.jdbcpglite.host.descriptor.FdTable;
import io.github.jdbcpglite.host.descriptor.OpenFile;
import io.github.jdbcpglite.host.fs.ErrnoException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Files mapped shared and writable, by guest address.
 *
 * <p>A mapping outlives its descriptor, so each file has a second one in a table that the guest
 * does not see.
 */
public final class MemoryMappings {
    private final FdTable files = new FdTable();
    private final Map<Integer, Integer> hiddenFds = new HashMap<>();

    /** Keeps a file open for the mapping at an address; EMFILE. */
    public void add(int addr, OpenFile file) throws ErrnoException {
        hiddenFds.put(addr, files.add(file));
    }

    /** Returns the file mapped at an address. */
    public @Nullable OpenFile get(int addr) throws ErrnoException {
        Integer fd = hiddenFds.get(addr);
        return fd == null ? null : files.get(fd);
    }

    /** Forgets the mapping at an address, if there is one. */
    public void remove(int addr) throws ErrnoException {
        Integer fd = hiddenFds.remove(addr);
        if (fd != null) {
            files.close(fd);
        }
    }

    /** Counts the mappings of shared memory less; before {@link #close}. */
    public void leave(SharedSegments segments) throws ErrnoException {
        for (int fd : hiddenFds.values()) {
            OpenFile file = files.get(fd);
            if (SharedSegments.contains(file)) {
                segments.unmap(file);
            }
        }
    }

    /** Forgets every mapping without writing it back, as the end of a process does. */
    public void close() throws ErrnoException {
        hiddenFds.clear();
        files.closeAll();
    }
}
