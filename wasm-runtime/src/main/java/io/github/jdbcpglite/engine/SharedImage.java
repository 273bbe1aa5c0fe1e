package io.github.jdbcpglite.engine;

import java.io.DataOutput;
import java.io.IOException;

/**
 * The shared pages of a cluster at one moment, from which others start copy-on-write.
 *
 * <p>Immutable and safe for use by several threads. Belongs to the engine that made it.
 */
public interface SharedImage {
    /** Returns shared memory whose pages are those of this image, copied when first written. */
    SharedMemory share();

    /**
     * Writes the image, as {@link Engine#readSharedImage} of every engine reads it.
     *
     * @param sought a number that will be looked for; where it stands is stored too, since a fresh
     *     JVM takes long to look through all pages
     */
    void write(DataOutput out, long sought) throws IOException;
}
