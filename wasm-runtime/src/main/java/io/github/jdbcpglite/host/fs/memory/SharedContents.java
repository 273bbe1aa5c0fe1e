package io.github.jdbcpglite.host.fs.memory;

/**
 * Contents that files of several file systems share: read once, when one of them first needs them,
 * and copied block by block where a file is written to. Thread-safe.
 */
public final class SharedContents {
    private final long size;
    private final LazyContents lazy;

    /**
     * Creates contents that are read when they are first needed.
     *
     * @param size in bytes
     * @param source where they come from; called at most once unless it fails
     */
    public SharedContents(long size, ContentSource source) {
        if (size < 0 || size > Integer.MAX_VALUE) {
            throw new IllegalArgumentException("contents of " + size + " bytes");
        }
        this.size = size;
        this.lazy = new LazyContents(size, source);
    }

    /** Returns a file's contents that share these until they are written to. */
    FileContents newFile() {
        return new FileContents(size, lazy);
    }
}
