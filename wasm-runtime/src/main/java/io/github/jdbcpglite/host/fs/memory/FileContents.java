package io.github.jdbcpglite.host.fs.memory;

import io.github.jdbcpglite.host.fs.Errno;
import io.github.jdbcpglite.host.fs.ErrnoException;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of one file in blocks of 8 KiB, PostgreSQL's own block size, shared copy-on-write
 * between copies of the file.
 *
 * <p>Rules:
 *
 * <ol>
 *   <li>A missing block ({@code null} or past the table) is a hole and reads as zeros.
 *   <li>A block array may be shorter than a block; what is missing of it reads as zeros. Small
 *       files therefore cost little more than their size. The empty array {@code RESERVED} is a
 *       block whose space has been set aside.
 *   <li>Bytes of a block past the end of the file are zeros, so growing needs no writing.
 *   <li>A block is modified only if its bit in {@code owned} is set, the table only if {@code
 *       tableOwned}. {@link #copy} clears both on both sides, in constant time; the first write to
 *       a block afterwards copies it.
 * </ol>
 *
 * <p>Not safe for use by several threads: guarded by the lock of the file system.
 */
public final class FileContents {
    /** Bytes per block. */
    public static final int BLOCK_SIZE = 8192;

    /** Largest size of a file; keeps the block table of a sparse file within 32 MiB. */
    static final long MAX_SIZE = 1L << 36;

    private static final int MIN_BLOCK_LENGTH = 64;
    private static final byte[][] NO_BLOCKS = new byte[0][];
    private static final byte[] ZEROS = new byte[BLOCK_SIZE];
    private static final byte[] RESERVED = new byte[0];

    private byte[] @Nullable [] blocks = NO_BLOCKS;
    private boolean tableOwned;
    private @Nullable BitSet owned;
    private @Nullable LazyContents lazy;
    private long size;

    /** Blocks counted against the quota. */
    private int allocated;

    /** Those of them that no other file system has brought in. */
    private int own;

    /** Those of {@link #own} that are only set aside. */
    private int reserved;

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

    /** A copy's space is that of the original, but for blocks that may yet get arrays. */
    private void adoptReserved() {
        for (byte[] block : blocks) {
            if (block == RESERVED) {
                own++;
                reserved++;
            }
        }
    }

    /** Returns contents that are the same until either side is written. */
    FileContents copy() {
        FileContents copy = new FileContents();
        copy.blocks = blocks;
        copy.lazy = lazy;
        copy.size = size;
        copy.allocated = allocated;
        copy.adoptReserved();
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

    /** Returns how many blocks are only set aside. */
    int reservedBlocks() {
        return reserved;
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

    /**
     * Writes; short only if there is no more space on the way, ENOSPC if nothing fits.
     *
     * @param space is asked for each block that is not there yet
     */
    int write(long position, byte[] buffer, int offset, int length, Space space)
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
            if (!writeBlock(index, within, buffer, offset + done, part, space)) {
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
            int index, int within, byte[] buffer, int offset, int length, Space space) {
        if (block(index) == null) {
            // PostgreSQL fills each new WAL segment and each new part of a relation with zeros, to
            // have the space set aside. No array is needed for that, and where nothing counts the
            // space not even a note.
            boolean zeros = Arrays.equals(buffer, offset, offset + length, ZEROS, 0, length);
            if (zeros && !space.quota().setsAside()) {
                return true;
            }
            if (!space.tryReserve(1)) {
                return false;
            }
            reserve(index);
            if (zeros) {
                return true;
            }
        }
        byte[] block = writableBlock(index, within + length, space.quota());
        System.arraycopy(buffer, offset, block, within, length);
        return true;
    }

    /**
     * Changes the first block, when the contents are read if they have not been yet.
     *
     * @param change gets the block and may change it; returns one of the same length
     */
    void amend(UnaryOperator<byte[]> change, SpaceQuota quota) {
        LazyContents present = lazy;
        if (present != null) {
            lazy = present.amended(change);
            return;
        }
        byte[] first = block(0);
        if (first != null) {
            byte[] changed = change.apply(writableBlock(0, first.length, quota));
            blocks[0] = changed; // not before: the table is another one now
        }
    }

    /**
     * Sets space aside and extends the file if need be, all or nothing, as {@code posix_fallocate}.
     *
     * @throws ErrnoException EFBIG, ENOSPC
     */
    void allocate(long position, long length, Space space) throws ErrnoException {
        if (position > MAX_SIZE - length) {
            throw new ErrnoException(Errno.EFBIG);
        }
        materialize();
        if (space.quota().setsAside()) {
            int from = (int) (position / BLOCK_SIZE);
            int to = blockCount(position + length);
            int missing = 0;
            for (int i = from; i < to; i++) {
                missing += block(i) == null ? 1 : 0;
            }
            if (!space.tryReserve(missing)) {
                throw new ErrnoException(Errno.ENOSPC);
            }
            for (int i = from; i < to; i++) {
                if (block(i) == null) {
                    reserve(i);
                }
            }
        }
        size = Math.max(size, position + length);
    }

    /** Notes that a block's space has been taken. */
    private void reserve(int index) {
        growTable(index + 1);
        blocks[index] = RESERVED;
        allocated++;
        own++;
        reserved++;
    }

    private byte[] writableBlock(int index, int needed, SpaceQuota quota) {
        growTable(index + 1);
        BitSet mine = owned;
        if (mine == null) {
            mine = new BitSet();
            owned = mine;
        }
        byte[] block = Objects.requireNonNull(blocks[index], "no space was taken for the block");
        if (mine.get(index) && block.length >= needed) {
            return block;
        }
        int length = blockLength(index, needed);
        byte[] writable = Arrays.copyOf(block, Math.max(block.length, length));
        blocks[index] = writable;
        if (block == RESERVED) {
            reserved--;
            quota.allocated(1);
        } else if (!mine.get(index) && own < allocated) {
            own++;
            quota.unshared();
        }
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
        giveBack(quota, allocated, reserved);
        blocks = NO_BLOCKS;
        tableOwned = false;
        owned = null;
        lazy = null;
        size = 0;
    }

    private void cut(long newSize, SpaceQuota quota) {
        int keep = blockCount(newSize);
        int freed = 0;
        int unallocated = 0;
        for (int i = keep; i < blocks.length; i++) {
            freed += blocks[i] == null ? 0 : 1;
            unallocated += blocks[i] == RESERVED ? 1 : 0;
        }
        if (keep < blocks.length) {
            blocks = Arrays.copyOf(blocks, keep);
            tableOwned = true;
            if (owned != null) {
                owned.clear(keep, Math.max(keep, owned.length()));
            }
        }
        giveBack(quota, freed, unallocated);
        int last = keep - 1;
        int within = (int) (newSize - (long) last * BLOCK_SIZE);
        byte[] block = block(last);
        if (block != null && block.length > within) {
            byte[] writable = writableBlock(last, within, quota);
            Arrays.fill(writable, within, writable.length, (byte) 0);
        }
    }

    private void giveBack(SpaceQuota quota, int freed, int unallocated) {
        allocated -= freed;
        reserved -= unallocated;
        // Which of the blocks are shared is not known once a copy has been made; those count last.
        int ownFreed = own - Math.min(own, allocated);
        own -= ownFreed;
        quota.release(freed, ownFreed, unallocated);
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
