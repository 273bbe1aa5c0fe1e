package io.github.jdbcpglite.engine;

import java.io.DataOutput;
import java.io.IOException;

/**
 * The pages of a linear memory at one moment, from which others are restored copy-on-write.
 *
 * <p>Immutable and safe for use by several threads. Belongs to the engine that made it.
 */
public interface MemoryImage {
    /** Returns the size in pages. */
    int pageCount();

    /** Returns this image with zeros instead of the pages of shared memory. */
    MemoryImage without(SharedMemory shared);

    /**
     * Writes the image, as {@link Engine#readImage} of every engine reads it: the number of pages,
     * then those that are not zeros.
     */
    void write(DataOutput out) throws IOException;
}
