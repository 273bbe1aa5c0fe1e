package io.github.jdbcpglite.host.fs;

import io.github.jdbcpglite.host.fs.layer.FilterFileHandle;
import io.github.jdbcpglite.host.fs.layer.FilterFileSystem;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Remembers where each handle of another file system was opened until it is closed. Safe for use by
 * several threads.
 */
public final class LeakCheckingFileSystem extends FilterFileSystem {
    private final Map<FileHandle, Throwable> open = new ConcurrentHashMap<>();

    /** Wraps a file system. */
    public LeakCheckingFileSystem(FileSystem inner) {
        super(inner);
    }

    @Override
    public FileHandle open(String path, int flags, int mode) throws ErrnoException {
        FileHandle handle = new CheckedHandle(super.open(path, flags, mode));
        open.put(handle, new Throwable(path + " was opened here and not closed"));
        return handle;
    }

    /** Returns how many handles are open. */
    public int openHandles() {
        return open.size();
    }

    /**
     * Fails if a handle is open.
     *
     * @throws AssertionError whose suppressed throwables show where each was opened
     */
    public void assertNoLeaks() {
        if (open.isEmpty()) {
            return;
        }
        AssertionError error = new AssertionError(open.size() + " handles were not closed");
        open.values().forEach(error::addSuppressed);
        throw error;
    }

    private final class CheckedHandle extends FilterFileHandle {
        CheckedHandle(FileHandle inner) {
            super(inner);
        }

        @Override
        public void close() throws ErrnoException {
            open.remove(this);
            super.close();
        }
    }
}
