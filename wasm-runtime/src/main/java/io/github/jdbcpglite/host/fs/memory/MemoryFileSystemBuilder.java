package io.github.jdbcpglite.host.fs.memory;

import java.time.Instant;
import java.util.function.LongSupplier;

/** Sets up a {@link MemoryFileSystem}. Not safe for use by several threads. */
public final class MemoryFileSystemBuilder {
    private LongSupplier clock = MemoryFileSystemBuilder::systemNanos;
    private long maxBytes = Long.MAX_VALUE;

    MemoryFileSystemBuilder() {}

    /** Takes the time, in nanoseconds since the epoch, from elsewhere than the system. */
    public MemoryFileSystemBuilder clock(LongSupplier epochNanos) {
        this.clock = epochNanos;
        return this;
    }

    /**
     * Limits the bytes of all contents, counted in blocks of 8 KiB; ENOSPC follows.
     *
     * @param bytes 0 or more
     */
    public MemoryFileSystemBuilder maxBytes(long bytes) {
        if (bytes < 0) {
            throw new IllegalArgumentException("maxBytes is negative: " + bytes);
        }
        this.maxBytes = bytes;
        return this;
    }

    /** Returns a new empty file system. */
    public MemoryFileSystem build() {
        SpaceQuota quota = new SpaceQuota(maxBytes);
        return new MemoryFileSystem(
                new MemoryState(
                        clock, path -> false, quota, new FileTree(quota, clock.getAsLong())));
    }

    private static long systemNanos() {
        Instant now = Instant.now();
        return now.getEpochSecond() * 1_000_000_000L + now.getNano();
    }
}
