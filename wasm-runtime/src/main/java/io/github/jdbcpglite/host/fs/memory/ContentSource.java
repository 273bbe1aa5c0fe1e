package io.github.jdbcpglite.host.fs.memory;

import java.io.IOException;

/**
 * Supplies the contents of a file of a {@link MemoryFileSystem} when they are first needed.
 *
 * <p>It is called at most once for a file and all its copies, and must not use the file system it
 * belongs to. A failure reaches the reader as EIO and the next reader tries again.
 */
@FunctionalInterface
public interface ContentSource {

    /**
     * Reads the contents whole.
     *
     * @return the contents, of the size declared; not modified by anybody afterwards
     * @throws IOException if they cannot be had
     */
    byte[] read() throws IOException;
}
