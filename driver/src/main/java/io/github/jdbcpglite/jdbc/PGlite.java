package io.github.jdbcpglite.jdbc;

import io.github.jdbcpglite.jdbc.internal.database.DatabaseHandle;
import io.github.jdbcpglite.jdbc.internal.database.DatabaseRegistry;
import io.github.jdbcpglite.jdbc.internal.error.SqlErrors;
import io.github.jdbcpglite.wasm.ClusterException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Properties;

/** What can be done with a cluster besides connecting to it. Thread-safe. */
public final class PGlite {
    private PGlite() {}

    /**
     * Copies a whole cluster, with all its databases, as it is at one moment.
     *
     * <p>Connections stay open and wait while the files are read. A cluster that is not open is
     * opened for the copy. The copy is opened through its directory, or from the archive through
     * {@code pglite.load}; it is then recovered as after a crash, with all that was committed at
     * that moment. PGlite's {@code loadDataDir} takes such an archive too.
     *
     * @param url a {@code jdbc:pglite:} URL
     * @param target an archive to write, replacing one of that name, if it is named {@code .tar},
     *     {@code .tar.gz} or {@code .tgz}; otherwise a directory that does not exist or is empty
     * @throws SQLException with SQLState 08001 if the cluster cannot be opened, 58030 if it cannot
     *     be copied
     */
    public static void backup(String url, Path target) throws SQLException {
        backup(url, new Properties(), target);
    }

    /**
     * Copies a whole cluster, as {@link #backup(String, Path)}.
     *
     * @param info properties as for a connection
     */
    public static void backup(String url, Properties info, Path target) throws SQLException {
        ConnectionPlan plan = ConnectionPlan.of(url, info);
        try (DatabaseHandle handle =
                Connector.SHARED.registry().acquire(plan.cluster(), DatabaseRegistry.NO_DEADLINE)) {
            handle.backup(target);
        } catch (ClusterException e) {
            throw SqlErrors.backupFailed(e);
        }
    }
}
