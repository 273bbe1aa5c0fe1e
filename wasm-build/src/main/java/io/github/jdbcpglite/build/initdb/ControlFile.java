package io.github.jdbcpglite.build.initdb;

import io.github.jdbcpglite.build.stage.PipelineException;
import io.github.jdbcpglite.host.fs.DirectoryEntry;
import io.github.jdbcpglite.host.fs.ErrnoException;
import io.github.jdbcpglite.host.fs.FileSystem;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Locale;

/**
 * What {@code global/pg_control} says of a cluster, in the layout of {@code ControlFileData} of
 * PostgreSQL 18's {@code pg_control.h}.
 */
final class ControlFile {
    private static final int VERSION = 8;
    private static final int STATE = 16;
    private static final int CHECKPOINT = 32;
    private static final int SUPPORTED_VERSION = 1800;
    private static final int STATE_SHUT_DOWN = 1;
    private static final long BYTES_PER_LOG = 1L << 32;

    private final ByteBuffer data;

    private ControlFile(ByteBuffer data) {
        this.data = data;
    }

    /**
     * Reads the file.
     *
     * @throws PipelineException if it is of another version
     */
    static ControlFile read(FileSystem files, String dataDirectory) throws ErrnoException {
        byte[] bytes = DataDirectory.read(files, dataDirectory + "/global/pg_control");
        ControlFile control =
                new ControlFile(ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN));
        int version = control.data.getInt(VERSION);
        if (version != SUPPORTED_VERSION) {
            throw new PipelineException("pg_control has version " + version);
        }
        return control;
    }

    /**
     * Checks that the cluster needs no recovery.
     *
     * @throws PipelineException if it was not shut down
     */
    void requireShutDown() {
        int state = data.getInt(STATE);
        if (state != STATE_SHUT_DOWN) {
            throw new PipelineException("the cluster was not shut down: DBState is " + state);
        }
    }

    /**
     * Deletes WAL segments behind the one of the last checkpoint. They were renamed ahead for later
     * use and hold nothing.
     *
     * @param walDirectory {@code pg_wal} of the cluster
     * @param segmentBytes size of a segment
     */
    void deleteRecycledSegments(FileSystem files, String walDirectory, int segmentBytes)
            throws ErrnoException {
        long segment = data.getLong(CHECKPOINT) / segmentBytes;
        long perLog = BYTES_PER_LOG / segmentBytes;
        String current =
                String.format(Locale.ROOT, "%08X%08X%08X", 1, segment / perLog, segment % perLog);
        boolean found = false;
        for (DirectoryEntry entry : files.list(walDirectory)) {
            if (entry.name().length() == current.length() && entry.name().compareTo(current) > 0) {
                files.unlink(walDirectory + "/" + entry.name());
            }
            found |= entry.name().equals(current);
        }
        if (!found) {
            throw new PipelineException("there is no WAL segment " + current);
        }
    }
}
