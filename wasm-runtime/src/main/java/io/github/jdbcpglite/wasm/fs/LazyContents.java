package io.github.jdbcpglite.wasm.fs;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Arrays;

/** Contents not read yet, shared by every copy of a file so that they are read once. */
final class LazyContents {
    private static final Logger LOGGER = System.getLogger(LazyContents.class.getName());

    private final long size;
    private @Nullable ContentSource source;
    private byte[] @Nullable [] blocks = new byte[0][];

    LazyContents(long size, ContentSource source) {
        this.size = size;
        this.source = source;
    }

    /** Returns the contents cut into blocks that nobody may modify, reading them if need be. */
    synchronized byte[] @Nullable [] blocks() throws ErrnoException {
        if (source != null) {
            blocks = split(load(source));
            source = null;
        }
        return blocks;
    }

    private byte[] load(ContentSource present) throws ErrnoException {
        byte[] contents;
        try {
            contents = present.read();
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, "Cannot read the contents of a file kept in memory", e);
            throw new ErrnoException(Errno.EIO);
        }
        if (contents.length != size) {
            LOGGER.log(
                    Level.WARNING,
                    "The contents of a file kept in memory have {0} bytes, {1} were declared",
                    contents.length,
                    size);
            throw new ErrnoException(Errno.EIO);
        }
        return contents;
    }

    private static byte[][] split(byte[] contents) {
        int blockSize = FileContents.BLOCK_SIZE;
        if (contents.length <= blockSize) {
            return contents.length == 0 ? new byte[0][] : new byte[][] {contents};
        }
        byte[][] split = new byte[FileContents.blockCount(contents.length)][];
        for (int i = 0; i < split.length; i++) {
            int from = i * blockSize;
            split[i] =
                    Arrays.copyOfRange(contents, from, Math.min(from + blockSize, contents.length));
        }
        return split;
    }
}
