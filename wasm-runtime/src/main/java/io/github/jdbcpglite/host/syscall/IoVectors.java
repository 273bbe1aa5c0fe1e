package io.github.jdbcpglite.host.syscall;

import io.github.jdbcpglite.engine.ByteRange;
import io.github.jdbcpglite.engine.LinearMemory;
import io.github.jdbcpglite.host.fs.Errno;
import io.github.jdbcpglite.host.fs.ErrnoException;
import io.github.jdbcpglite.host.process.GuestMemory;

/**
 * Moves the ranges of an {@code iovec} array, {address, length} pairs of 8 bytes, between a file
 * and the pages of linear memory, copying once.
 *
 * <p>An error after some bytes ends the transfer and counts the bytes, as POSIX wants; the same
 * error comes again with the next call.
 */
final class IoVectors {
    private static final int IOV_MAX = 1024;
    private static final int IOVEC_BYTES = 8;

    private final LinearMemory memory;
    private final GuestMemory ranges;

    IoVectors(LinearMemory memory) {
        this.memory = memory;
        this.ranges = new GuestMemory(memory);
    }

    /** Takes or fills a part of an array. */
    @FunctionalInterface
    interface Transfer {
        /**
         * Moves bytes.
         *
         * @param done bytes that this call of the guest has moved before
         * @return the bytes moved, fewer to end the call
         */
        int apply(int done, byte[] bytes, int offset, int length) throws ErrnoException;
    }

    /**
     * Fills the ranges from a file.
     *
     * @param stream whether the source may wait or have less: one read is all then
     * @return the bytes moved
     * @throws ErrnoException EINVAL (count, sum of lengths), EFAULT, or the transfer's
     */
    int fill(int vectors, int count, boolean stream, Transfer transfer) throws ErrnoException {
        check(vectors, count);
        Progress progress = new Progress(transfer, stream);
        for (int i = 0; i < count && !progress.ended; i++) {
            int addr = memory.getInt(vectors + i * IOVEC_BYTES);
            int size = memory.getInt(vectors + i * IOVEC_BYTES + 4);
            memory.writeThrough(addr, size, progress);
        }
        return progress.result();
    }

    /** As {@link #fill}, from the ranges to a file. */
    int drain(int vectors, int count, Transfer transfer) throws ErrnoException {
        check(vectors, count);
        Progress progress = new Progress(transfer, false);
        for (int i = 0; i < count && !progress.ended; i++) {
            int addr = memory.getInt(vectors + i * IOVEC_BYTES);
            int size = memory.getInt(vectors + i * IOVEC_BYTES + 4);
            memory.readThrough(addr, size, progress);
        }
        return progress.result();
    }

    /** Looks at every range first, so that a bad one fails before anything has moved. */
    private void check(int vectors, int count) throws ErrnoException {
        if (count < 0 || count > IOV_MAX) {
            throw new ErrnoException(Errno.EINVAL);
        }
        long total = 0;
        for (int i = 0; i < count; i++) {
            ranges.check(vectors, (i + 1) * IOVEC_BYTES);
            int addr = memory.getInt(vectors + i * IOVEC_BYTES);
            int size = memory.getInt(vectors + i * IOVEC_BYTES + 4);
            total += Integer.toUnsignedLong(size);
            if (total > Integer.MAX_VALUE) {
                throw new ErrnoException(Errno.EINVAL);
            }
            if (size != 0) {
                ranges.check(addr, size);
            }
        }
    }

    /** Counts across ranges and pages, and keeps an error that came after some bytes. */
    private static final class Progress implements ByteRange<ErrnoException> {
        private final Transfer transfer;
        private final boolean once;
        private int done;
        private boolean ended;

        Progress(Transfer transfer, boolean once) {
            this.transfer = transfer;
            this.once = once;
        }

        @Override
        public int apply(byte[] page, int offset, int length) throws ErrnoException {
            if (ended) {
                return 0;
            }
            try {
                int moved = transfer.apply(done, page, offset, length);
                done += moved;
                ended = moved < length || once;
                return moved;
            } catch (ErrnoException e) {
                ended = true;
                if (done == 0) {
                    throw e;
                }
                return 0;
            }
        }

        int result() {
            return done;
        }
    }
}
