package io.github.jdbcpglite.postgres.internal.opening;

import io.github.jdbcpglite.postgres.cluster.ClusterException;
import io.github.jdbcpglite.postgres.cluster.ClusterOptions;
import io.github.jdbcpglite.postgres.internal.datadir.Contents;
import io.github.jdbcpglite.postgres.internal.datadir.DataDirectory;
import io.github.jdbcpglite.postgres.internal.datadir.DirectoryException;
import io.github.jdbcpglite.postgres.internal.datadir.TarArchive;
import io.github.jdbcpglite.postgres.internal.postmaster.Postmaster;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;

/**
 * Copies the data directory of a cluster.
 *
 * @param name of the cluster, for messages
 * @param storage its files
 */
record ClusterBackup(String name, ClusterStorage storage) {
    /**
     * Copies a cluster that runs, as it is at one moment.
     *
     * @param target which {@link BackupTarget#requireNew} has looked at
     */
    void write(Postmaster running, Path target) throws ClusterException {
        Path absolute = target.toAbsolutePath();
        try {
            if (ClusterOptions.isArchiveName(absolute)) {
                running.<IOException>whileNoneRuns(
                        () -> TarArchive.write(absolute, contents(), false));
            } else {
                running.<DirectoryException>whileNoneRuns(
                        () -> DataDirectory.write(absolute, contents()));
            }
        } catch (FileAlreadyExistsException e) {
            throw BackupTarget.exists(target, e); // it came while the archive was written
        } catch (DirectoryException | IOException e) {
            throw Refusals.ofHost(
                    "the cluster "
                            + name
                            + " could not be copied to "
                            + target
                            + ": "
                            + e.getMessage(),
                    e);
        }
    }

    /** Copies a cluster that has ended, in place of the copy of an earlier end. */
    void writeAtClose(Path archive) {
        try {
            TarArchive.write(archive, contents(), true);
        } catch (IOException e) {
            throw new IllegalStateException(
                    "the cluster "
                            + name
                            + " could not be copied to "
                            + archive
                            + " when it closed: "
                            + e,
                    e);
        }
    }

    private Contents contents() {
        return GuestContents.of(storage.files(), ClusterFiles.DATA_DIRECTORY);
    }
}
