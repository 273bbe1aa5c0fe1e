package io.github.jdbcpglite.wasm.fs;

import org.jspecify.annotations.Nullable;

import java.util.Arrays;
import java.util.BitSet;

/**
 * The bytes of one file in blocks of 8 KiB, PostgreSQL's own block size, shared copy-on-write
 * between copies of the file.
 *
 * <p>Rules:
 *
 * <ol>
 *   <li>A missing block ({@code null} or past the table) is a hole and reads as zeros.
 *   <li>A block array may be shorter than a block; what is missing of it reads as zeros. Small
 *       files therefore cost little more than their size.
 *   <li>Bytes of a block past the end of the file are zeros, so growing needs no writing.
 *   <li>A block is modified only if its bit in {@code owned} is set, the table only if {@code
 *       tableOwned}. {@link #copy} clears both on both sides, in constant time; the first write to
 *       a block afterwards copies it.
 * </ol>
 *
 * <p>Not safe for use by several threads: guarded by the lock of the file system.
 */
final class FileContents {
    /** Bytes per block. */
    static final int BLOCK_SIZE = 8192;

    /** Largest size of a file; keeps the block table of a sparse file within 32 MiB. */
    static final long MAX_SIZE = 1L << 36;

    private static final int MIN_BLOCK_LENGTH = 64;
    private static final byte[][] NO_BLOCKS = new byte[0][];
    private static final byte[] ZEROS = new byte[BLOCK_SIZE];

    private byte[] @Nullable [] blocks = NO_BLOCKS;
    private boolean tableOwned;
    private @Nullable BitSet owned;
    private @Nullable LazyContents lazy;
    private long size;

    /** Blocks counted against the quota. */
    private int allocated;

    /** Creates an empty file. */
    FileContents() {}

    /** Creates a file whose contents are read when they are needed. */
    FileContents(long size, LazyContents lazy) {
        this.size = size;
        this.lazy = lazy;
        this.allocated = blockCount(size);
    }

    static int blockCount(long size) {
        return Math.toIntExact((size + BLOCK_SIZE - 1) / BLOCK_SIZE);
    }

    /** Returns contents that are the same until either side is written. */
    FileContents copy() {
        FileContents copy = new FileContents();
        copy.blocks = blocks;
        copy.lazy = lazy;
        copy.size = size;
        copy.allocated = allocated;
        tableOwned = false;
        owned = null;
        return copy;
    }

    long size() {
        return size;
    }

    int allocatedBlocks() {
        return allocated;
    }

    /** Returns the number of blocks no copy shares. */
    int privateBlocks() {
        return owned == null ? 0 : owned.cardinality();
    }

    /** Returns the array that holds a block now, for tests of sharing. */
    byte @Nullable [] block(int index) {
        return index < blocks.length ? blocks[index] : null;
    }

    int read(long position, byte[] buffer, int offset, int length) throws ErrnoException {
        if (position < 0) {
            throw new ErrnoException(Errno.EINVAL);
        }
        if (position >= size || length == 0) {
            return 0;
        }
        materialize();
        int count = (int) Math.min(length, size - position);
        int done = 0;
        while (done < count) {
            int index = (int) ((position + done) / BLOCK_SIZE);
            int within = (int) ((position + done) % BLOCK_SIZE);
            int part = Math.min(BLOCK_SIZE - within, count - done);
            byte[] block = block(index);
            int present = block == null ? 0 : Math.max(0, Math.min(part, block.length - within));
            if (block != null && present > 0) {
                System.arraycopy(block, within, buffer, offset + done, present);
            }
            if (present < part) {
                Arrays.fill(buffer, offset + done + present, offset + done + part, (byte) 0);
            }
            done += part;
        }
        return count;
    }

    /** Writes; short only if the quota is used up on the way, ENOSPC if nothing fits. */
    int write(long position, byte[] buffer, int offset, int length, SpaceQuota quota)
            throws ErrnoException {
        if (position < 0) {
            throw new ErrnoException(Errno.EINVAL);
        }
        if (length == 0) {
            return 0;
        }
        if (position > MAX_SIZE - length) {
            throw new ErrnoException(Errno.EFBIG);
        }
        materialize();
        int done = 0;
        while (done < length) {
            int index = (int) ((position + done) / BLOCK_SIZE);
            int within = (int) ((position + done) % BLOCK_SIZE);
            int part = Math.min(BLOCK_SIZE - within, length - done);
            if (!writeBlock(index, within, buffer, offset + done, part, quota)) {
                break;
            }
            done += part;
        }
        if (done == 0) {
            throw new ErrnoException(Errno.ENOSPC);
        }
        size = Math.max(size, position + done);
        return done;
    }

    private boolean writeBlock(
            int index, int within, byte[] buffer, int offset, int length, SpaceQuota quota) {
        if (block(index) == null) {
            // PostgreSQL fills each new WAL segment and each new part of a relation with zeros.
            // Holes hold those for free; a file system with a limit must set the space aside,
            // because that is what PostgreSQL writes them for.
            if (quota.isUnlimited()
                    && Arrays.equals(buffer, offset, offset + length, ZEROS, 0, length)) {
                return true;
            }
            if (!quota.tryReserve(1)) {
                return false;
            }
            allocated++;
        }
        byte[] block = writableBlock(index, within + length);
        System.arraycopy(buffer, offset, block, within, length);
        return true;
    }

    private byte[] writableBlock(int index, int needed) {
        growTable(index + 1);
        BitSet mine = owned;
        if (mine == null) {
            mine = new BitSet();
            owned = mine;
        }
        byte[] block = blocks[index];
        if (block != null && mine.get(index) && block.length >= needed) {
            return block;
        }
        int length = blockLength(index, needed);
        byte[] writable =
                block == null
                        ? new byte[length]
                        : Arrays.copyOf(block, Math.max(block.length, length));
        blocks[index] = writable;
        mine.set(index);
        return writable;
    }

    /** Returns the length of a new block: only the first of a file is worth keeping short. */
    private int blockLength(int index, int needed) {
        if (index > 0 || size > BLOCK_SIZE || needed > BLOCK_SIZE / 2) {
            return BLOCK_SIZE;
        }
        int power = Integer.highestOneBit(Math.max(needed, MIN_BLOCK_LENGTH) - 1) << 1;
        return Math.min(BLOCK_SIZE, power);
    }

    private void growTable(int count) {
        if (blocks.length < count) {
            int length = Math.max(count, blocks.length + (blocks.length >> 1));
            blocks = Arrays.copyOf(blocks, length);
        } else if (!tableOwned) {
            blocks = blocks.clone();
        }
        tableOwned = true;
    }

    void truncate(long newSize, SpaceQuota quota) throws ErrnoException {
        if (newSize < 0) {
            throw new ErrnoException(Errno.EINVAL);
        }
        if (newSize > MAX_SIZE) {
            throw new ErrnoException(Errno.EFBIG);
        }
        if (newSize == 0) {
            release(quota);
            return;
        }
        if (newSize < size) {
            materialize();
            cut(newSize, quota);
        } else if (newSize > size) {
            materialize();
        }
        size = newSize;
    }

    /** Drops everything, for a file cut to nothing or gone. */
    void release(SpaceQuota quota) {
        quota.release(allocated);
        allocated = 0;
        blocks = NO_BLOCKS;
        tableOwned = false;
        owned = null;
        lazy = null;
        size = 0;
    }

    private void cut(long newSize, SpaceQuota quota) {
        int keep = blockCount(newSize);
        int freed = 0;
        for (int i = keep; i < blocks.length; i++) {
            if (blocks[i] != null) {
                freed++;
            }
        }
        if (keep < blocks.length) {
            blocks = Arrays.copyOf(blocks, keep);
            tableOwned = true;
            if (owned != null) {
                owned.clear(keep, Math.max(keep, owned.length()));
            }
        }
        allocated -= freed;
        quota.release(freed);
        int last = keep - 1;
        int within = (int) (newSize - (long) last * BLOCK_SIZE);
        byte[] block = block(last);
        if (block != null && block.length > within) {
            byte[] writable = writableBlock(last, within);
            Arrays.fill(writable, within, writable.length, (byte) 0);
        }
    }

    private void materialize() throws ErrnoException {
        LazyContents present = lazy;
        if (present != null) {
            blocks = present.blocks();
            lazy = null;
            tableOwned = false;
            owned = null;
        }
    }
}
