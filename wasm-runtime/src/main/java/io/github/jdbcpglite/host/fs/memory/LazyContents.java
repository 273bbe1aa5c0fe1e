package io.github.jdbcpglite.host.fs.memory;

import io.github.jdbcpglite.host.fs.Errno;
import io.github.jdbcpglite.host.fs.ErrnoException;
import io.github.jdbcpglite.platform.LimitedLog;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Arrays;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Contents not read yet, shared by every copy of a file so that they are read once. */
final class LazyContents {
    private static final LimitedLog LIMITED = new LimitedLog();

    private final long size;
    private @Nullable ContentSource source;
    private @Nullable Amendment amendment;
    private byte[] @Nullable [] blocks = new byte[0][];

    LazyContents(long size, ContentSource source) {
        this.size = size;
        this.source = source;
    }

    private LazyContents(long size, Amendment amendment) {
        this.size = size;
        this.amendment = amendment;
    }

    /**
     * How contents come from others.
     *
     * @param original the others
     * @param change gets a copy of their first block and returns it or another
     */
    private record Amendment(LazyContents original, UnaryOperator<byte[]> change) {
        byte[] @Nullable [] blocks() throws ErrnoException {
            byte[] @Nullable [] shared = original.blocks();
            byte[] first = shared.length == 0 ? null : shared[0];
            if (first == null) {
                return shared;
            }
            byte[] @Nullable [] amended = shared.clone();
            amended[0] = change.apply(first.clone());
            return amended;
        }
    }

    /** Returns the same contents with another first block, made when they are read. */
    LazyContents amended(UnaryOperator<byte[]> change) {
        return new LazyContents(size, new Amendment(this, change));
    }

    /** Returns the contents cut into blocks that nobody may modify, reading them if need be. */
    synchronized byte[] @Nullable [] blocks() throws ErrnoException {
        if (source != null) {
            blocks = split(load(source));
            source = null;
        } else if (amendment != null) {
            blocks = amendment.blocks();
            amendment = null;
        }
        return blocks;
    }

    private byte[] load(ContentSource present) throws ErrnoException {
        byte[] contents;
        try {
            contents = present.read();
        } catch (IOException e) {
            LIMITED.log(
                    log(), Level.WARNING, "Cannot read the contents of a file kept in memory", e);
            throw new ErrnoException(Errno.EIO);
        }
        if (contents.length != size) {
            log().log(
                            Level.WARNING,
                            "The contents of a file kept in memory have {0} bytes, {1} were"
                                    + " declared",
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

    private static Logger log() {
        return System.getLogger(LazyContents.class.getName());
    }
}
