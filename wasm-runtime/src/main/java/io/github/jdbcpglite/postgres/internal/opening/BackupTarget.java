package io.github.jdbcpglite.postgres.internal.opening;

import io.github.jdbcpglite.host.fs.ErrnoException;
import io.github.jdbcpglite.postgres.cluster.ClusterException;
import io.github.jdbcpglite.postgres.cluster.ClusterOptions;
import io.github.jdbcpglite.postgres.internal.datadir.ClusterIdentity;
import io.github.jdbcpglite.postgres.internal.datadir.TarArchive;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a copy of a cluster may be written to. Stateless. */
public final class BackupTarget {
    /** A name that ends as those of files do, and not as a version or a date. */
    private static final Pattern SUFFIX = Pattern.compile(".+\\.[A-Za-z][A-Za-z0-9]*");

    private BackupTarget() {}

    /**
     * Checks the target of a backup that somebody asks for: nothing may be there yet but an empty
     * directory, and a name that looks like a file's must be that of an archive.
     *
     * @throws ClusterException of kind {@code EXISTS} or {@code INVALID}
     */
    public static void requireNew(Path target) throws ClusterException {
        if (ClusterOptions.isArchiveName(target)) {
            if (Files.exists(target)) {
                throw exists(target, null);
            }
            return;
        }
        Path name = target.getFileName();
        boolean likeFile = name != null && SUFFIX.matcher(name.toString()).matches();
        if (likeFile && !Files.isDirectory(target)) {
            throw new ClusterException(
                    ClusterException.Kind.INVALID,
                    "Cannot write a backup to "
                            + target
                            + ": archives are named .tar, .tar.gz or .tgz; for a directory choose a"
                            + " name without such an ending, or make the directory first");
        }
    }

    static ClusterException exists(Path target, @Nullable Throwable cause) {
        return new ClusterException(
                ClusterException.Kind.EXISTS,
                "Cannot write a backup to "
                        + target
                        + ": the file exists. Name another one, or move it away first",
                List.of(),
                cause);
    }

    /**
     * Checks the archive that a cluster is copied to when it closes: it may be absent or an earlier
     * copy of the same cluster.
     *
     * @throws ClusterException of kind {@code INVALID} if it is anything else
     */
    static void requireReplaceable(Path archive, ClusterStorage storage)
            throws ClusterException, ErrnoException {
        if (!Files.exists(archive)) {
            return;
        }
        long own = ClusterIdentity.read(storage.files(), ClusterFiles.DATA_DIRECTORY);
        boolean same;
        try {
            same = TarArchive.holds(archive, own);
        } catch (IOException e) {
            throw notReplaced(archive, "it cannot be read as a backup: " + e.getMessage(), e);
        }
        if (!same) {
            throw notReplaced(archive, "it is a copy of another cluster", null);
        }
    }

    private static ClusterException notReplaced(
            Path archive, String why, @Nullable Throwable cause) {
        return new ClusterException(
                ClusterException.Kind.INVALID,
                "pglite.backup="
                        + archive
                        + " would replace a file that this cluster did not write: "
                        + why
                        + ". To go on with that copy, say pglite.load="
                        + archive
                        + " too; otherwise name another file",
                List.of(),
                cause);
    }
}
