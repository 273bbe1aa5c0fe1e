package io.github.jdbcpglite.postgres.internal.datadir;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;

/**
 * What a copy of a cluster may be like, checked while it is read, so that one made to fill a heap
 * or a disk is refused early. PostgreSQL's own files are far within: relations and WAL are cut at 1
 * GiB. Not thread-safe.
 */
final class CopyLimits {
    /** Files and directories; some 300,000 tables. */
    static final int MAX_ENTRIES = 1_000_000;

    /** Of one file, in bytes. */
    static final long MAX_FILE_BYTES = 1L << 30;

    /** How many bytes a compressed one may become, after the first {@link #FREE_BYTES}. */
    static final int MAX_RATIO = 200;

    /** Of an archive; a new cluster has less. */
    static final long FREE_BYTES = 64L << 20;

    /** What stands between two files of an archive: long names and attributes. */
    static final long MAX_HEADER_BYTES = 1L << 20;

    /** Files that are read into memory. */
    private static final Map<String, Integer> SMALL =
            Map.of(
                    DataDirectory.VERSION_FILE, DataDirectory.MAX_VERSION_BYTES,
                    ControlFile.PATH, ControlFile.MAX_BYTES);

    private final Object source;
    private int entries;

    /**
     * Starts with nothing counted.
     *
     * @param source what is read, for messages
     */
    CopyLimits(Object source) {
        this.source = source;
    }

    /** Counts a file or directory, whether it is kept or not. */
    void entry() throws IOException {
        entries++;
        if (entries > MAX_ENTRIES) {
            throw new IOException(source + " has more than " + MAX_ENTRIES + " files");
        }
    }

    /** Checks the size that a file says it has. */
    void file(String name, long size) throws IOException {
        long most = SMALL.getOrDefault(name, (int) MAX_FILE_BYTES);
        if (size < 0 || size > most) {
            throw new IOException(
                    source
                            + " has a file "
                            + name
                            + " of "
                            + size
                            + " bytes; at most "
                            + most
                            + " are possible");
        }
    }

    int entries() {
        return entries;
    }

    /** Counts what goes through. */
    static class Counter extends FilterInputStream {
        private long count;

        Counter(InputStream in) {
            super(in);
        }

        long count() {
            return count;
        }

        @Override
        public int read() throws IOException {
            int value = in.read();
            counted(value < 0 ? 0 : 1);
            return value;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            int read = in.read(target, offset, length);
            counted(Math.max(0, read));
            return read;
        }

        @Override
        public long skip(long wanted) throws IOException {
            long skipped = in.skip(wanted);
            counted(skipped);
            return skipped;
        }

        void counted(long bytes) throws IOException {
            count += bytes;
        }

        @Override
        public boolean markSupported() {
            return false;
        }
    }

    /** The expanded bytes of an archive, which end with an exception where they become too many. */
    final class Expanded extends Counter {
        private final Counter packed;
        private long headersEnd = MAX_HEADER_BYTES;

        /**
         * Makes the stream.
         *
         * @param in expands
         * @param packed counts what it has read
         */
        Expanded(InputStream in, Counter packed) {
            super(in);
            this.packed = packed;
        }

        /** Says that what comes is the contents of a file. */
        void contents() {
            headersEnd = Long.MAX_VALUE;
        }

        /** Says that what comes is not the contents of a file. */
        void headers() {
            headersEnd = count() + MAX_HEADER_BYTES;
        }

        @Override
        void counted(long bytes) throws IOException {
            super.counted(bytes);
            if (count() > headersEnd) {
                throw new IOException(
                        source + " is no archive of a cluster: a name in it is too long");
            }
            if (count() > FREE_BYTES && count() / MAX_RATIO > packed.count()) {
                throw new IOException(
                        source + " expands to more than " + MAX_RATIO + " times its size");
            }
        }
    }
}
