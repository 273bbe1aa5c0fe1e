package io.github.jdbcpglite.host.process;

import io.github.jdbcpglite.engine.SharedPages;
import io.github.jdbcpglite.host.descriptor.OpenFile;
import io.github.jdbcpglite.host.fs.Errno;
import io.github.jdbcpglite.host.fs.ErrnoException;
import io.github.jdbcpglite.host.fs.FileSystem;
import java.util.HashMap;
import java.util.Map;
import java.util.function.IntFunction;

/**
 * The segments of shared memory that the processes of one cluster have created with {@code
 * shm_open}: files below {@code /dev/shm} whose mappings are the same pages in every process.
 *
 * <p>A segment ends when no process maps it and its file has no name any more. Every method is for
 * the holder of the cluster's giant lock.
 *
 * @see <a href="https://pubs.opengroup.org/onlinepubs/9799919799/functions/shm_open.html">
 *     shm_open</a>
 */
public final class SharedSegments {
    private static final String DIRECTORY = "/dev/shm/";

    private final IntFunction<SharedPages> newPages;
    private final Map<Long, Segment> segments = new HashMap<>();

    /**
     * Makes an empty set.
     *
     * @param newPages makes so many pages of zeros, as {@code Engine.newSharedPages}
     */
    public SharedSegments(IntFunction<SharedPages> newPages) {
        this.newPages = newPages;
    }

    /** Returns a set for a process that maps none. */
    public static SharedSegments none() {
        return new SharedSegments(
                count -> {
                    throw new UnsupportedOperationException("this process maps no shared memory");
                });
    }

    /** Pages and how many processes map them. */
    private static final class Segment {
        final String path;
        final SharedPages pages;
        int mappings;

        Segment(String path, SharedPages pages) {
            this.path = path;
            this.pages = pages;
        }
    }

    /** Returns whether a file is shared memory. */
    public static boolean contains(OpenFile file) {
        return file.path().startsWith(DIRECTORY);
    }

    /**
     * Counts a mapping of a segment and returns its pages, which are zeros at first.
     *
     * @param fileSystem where segments are named
     * @param pageCount the size of the mapping, the same for all
     * @throws ErrnoException ENOMEM, EINVAL (another size)
     */
    public SharedPages map(FileSystem fileSystem, OpenFile file, int pageCount)
            throws ErrnoException {
        sweep(fileSystem);
        long inode = file.handle().status().inode();
        Segment segment = segments.get(inode);
        if (segment == null) {
            segment = new Segment(file.path(), allocate(pageCount));
            segments.put(inode, segment);
        }
        if (segment.pages.count() != pageCount) {
            throw new ErrnoException(Errno.EINVAL);
        }
        segment.mappings++;
        return segment.pages;
    }

    private SharedPages allocate(int pageCount) throws ErrnoException {
        try {
            return newPages.apply(pageCount);
        } catch (OutOfMemoryError e) {
            ErrnoException refused = new ErrnoException(Errno.ENOMEM);
            refused.initCause(e);
            throw refused;
        }
    }

    /** Counts a mapping less. */
    public void unmap(OpenFile file) throws ErrnoException {
        Segment segment = segments.get(file.handle().status().inode());
        if (segment != null) {
            segment.mappings--;
        }
    }

    private void sweep(FileSystem fileSystem) {
        segments.entrySet()
                .removeIf(
                        entry ->
                                entry.getValue().mappings == 0
                                        && !isNamed(
                                                fileSystem, entry.getValue().path, entry.getKey()));
    }

    private static boolean isNamed(FileSystem fileSystem, String path, long inode) {
        try {
            return fileSystem.stat(path, false).inode() == inode;
        } catch (ErrnoException e) {
            return false;
        }
    }

    /** Forgets all: at the fork point, what there is becomes part of every process's memory. */
    public void forget() {
        segments.clear();
    }

    /** Returns whether there is a segment that a process may map. */
    public boolean isEmpty(FileSystem fileSystem) {
        sweep(fileSystem);
        return segments.isEmpty();
    }
}
