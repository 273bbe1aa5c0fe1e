package io.github.jdbcpglite.wasm.sched;

import io.github.jdbcpglite.wasm.fs.DirectoryEntry;
import io.github.jdbcpglite.wasm.fs.Errno;
import io.github.jdbcpglite.wasm.fs.ErrnoException;
import io.github.jdbcpglite.wasm.fs.FileHandle;
import io.github.jdbcpglite.wasm.fs.FileSystem;
import io.github.jdbcpglite.wasm.fs.OpenFlags;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Instant;
import java.util.random.RandomGenerator;
import java.util.zip.CRC32C;

/**
 * The number that tells clusters apart, in the files of one: in {@code global/pg_control}, whose
 * layout is {@code ControlFileData} of PostgreSQL 18's {@code pg_control.h}, and in the first page
 * header of each WAL segment ({@code XLogLongPageHeaderData} of {@code xlog_internal.h}).
 */
public final class SystemIdentifier {
    private static final int CONTROL_CHECKSUM = 292;
    private static final int WAL_IDENTIFIER = 24;
    private static final int WAL_NAME_LENGTH = 24;

    private SystemIdentifier() {}

    /** Makes a new identifier as initdb does, from the time; its last bits are random. */
    public static long create(Instant now, RandomGenerator random) {
        return now.getEpochSecond() << 32
                | (long) (now.getNano() / 1000) << 12
                | random.nextInt(1 << 12);
    }

    /** Reads the identifier of a cluster. */
    public static long read(FileSystem files, String dataDirectory) throws ErrnoException {
        return control(files, dataDirectory).getLong(0);
    }

    private static ByteBuffer control(FileSystem files, String dataDirectory)
            throws ErrnoException {
        try (FileHandle file = files.open(controlFile(dataDirectory), OpenFlags.READ_ONLY, 0)) {
            ByteBuffer data = ByteBuffer.allocate(CONTROL_CHECKSUM + Integer.BYTES);
            readWhole(file, 0, data.array());
            return data.order(ByteOrder.LITTLE_ENDIAN);
        }
    }

    private static String controlFile(String dataDirectory) {
        return dataDirectory + "/global/pg_control";
    }

    private static void readWhole(FileHandle file, long position, byte[] bytes)
            throws ErrnoException {
        if (file.read(position, bytes, 0, bytes.length) != bytes.length) {
            throw new ErrnoException(Errno.EIO);
        }
    }

    /**
     * Gives a cluster that does not run another identifier.
     *
     * @throws ErrnoException if a file cannot be read or written; then the cluster is damaged
     */
    public static void replace(FileSystem files, String dataDirectory, long identifier)
            throws ErrnoException {
        ByteBuffer control = control(files, dataDirectory);
        long before = control.getLong(0);
        control.putLong(0, identifier);
        CRC32C checksum = new CRC32C();
        checksum.update(control.array(), 0, CONTROL_CHECKSUM);
        control.putInt(CONTROL_CHECKSUM, (int) checksum.getValue());
        write(files, controlFile(dataDirectory), 0, control.array());
        String wal = dataDirectory + "/pg_wal";
        for (DirectoryEntry entry : files.list(wal)) {
            if (entry.name().length() == WAL_NAME_LENGTH) {
                replaceInSegment(files, wal + "/" + entry.name(), before, identifier);
            }
        }
    }

    private static void replaceInSegment(FileSystem files, String path, long before, long after)
            throws ErrnoException {
        ByteBuffer header = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        try (FileHandle file = files.open(path, OpenFlags.READ_ONLY, 0)) {
            readWhole(file, WAL_IDENTIFIER, header.array());
        }
        // A segment renamed ahead of use still has an older header, or none.
        if (header.getLong(0) == before) {
            write(files, path, WAL_IDENTIFIER, header.putLong(0, after).array());
        }
    }

    private static void write(FileSystem files, String path, long position, byte[] bytes)
            throws ErrnoException {
        try (FileHandle file = files.open(path, OpenFlags.WRITE_ONLY, 0)) {
            if (file.write(position, bytes, 0, bytes.length) != bytes.length) {
                throw new ErrnoException(Errno.EIO);
            }
        }
    }
}
