package io.github.jdbcpglite.jdbc;

import io.github.jdbcpglite.jdbc.internal.cluster.ClusterHandle;
import io.github.jdbcpglite.jdbc.internal.cluster.ClusterRegistry;
import io.github.jdbcpglite.jdbc.internal.error.SqlErrors;
import io.github.jdbcpglite.jdbc.internal.script.ScriptRunner;
import io.github.jdbcpglite.postgres.Clusters;
import io.github.jdbcpglite.postgres.cluster.ClusterException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Properties;
import org.postgresql.jdbc.PgConnection;

/** What can be done with a cluster besides connecting to it. Thread-safe. */
public final class PGlite {
    private PGlite() {}

    /**
     * Copies a whole cluster, with all its databases, as it is at one moment.
     *
     * <p>Connections stay open and wait while the files are read. A cluster that is not open is
     * opened for the copy; none is made in a directory that holds none. The copy is opened through
     * its directory, or from the archive through {@code pglite.load}; it is then recovered as after
     * a crash, with all that was committed at that moment. PGlite's {@code loadDataDir} takes such
     * an archive too.
     *
     * @param url a {@code jdbc:pglite:} URL
     * @param target an archive to write, which does not exist yet, if it is named {@code .tar},
     *     {@code .tar.gz} or {@code .tgz}; otherwise a directory that does not exist or is empty. A
     *     name that ends like that of another kind of file is refused
     * @throws SQLException with SQLState 58P01 if the directory holds no cluster, 08001 if the
     *     cluster cannot be opened, 22023 if the name is refused, 58P02 if the archive exists,
     *     58030 if the cluster cannot be copied
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
        Boundary.run(() -> requireNew(target));
        Properties reading = new Properties(info);
        reading.setProperty(PGliteProperty.IF_EXISTS.getName(), "true");
        use(url, reading, handle -> handle.backup(target));
    }

    /**
     * Runs an SQL script as psql does, each statement by itself, up to its first failure. It may
     * have {@code COPY … FROM stdin} with the data after it, as pg_dump writes it; other commands
     * of psql are refused.
     *
     * @param connection of this driver, in auto-commit mode; the script may begin and end
     *     transactions of its own
     * @param name of the script, for messages
     * @param script the text
     * @throws SQLException with PostgreSQL's SQLState; the message has name, line and statement
     */
    public static void runScript(Connection connection, String name, String script)
            throws SQLException {
        Boundary.run(() -> ScriptRunner.run(connection.unwrap(PgConnection.class), name, script));
    }

    /** Refuses a target before a cluster is opened for it, which might make one. */
    private static void requireNew(Path target) throws SQLException {
        try {
            Clusters.requireNewBackup(target);
        } catch (ClusterException e) {
            throw SqlErrors.backupFailed(e);
        }
    }

    /**
     * Opens a cluster that is not open yet, without a connection: to have it ready, or to say what
     * it is made from, before the first. How long it stays open is for {@code pglite.close} to say,
     * so one that closes with its last connection is closed at once.
     *
     * @param url a {@code jdbc:pglite:} URL
     * @throws SQLException with SQLState 08001 if it cannot be opened
     */
    public static void open(String url) throws SQLException {
        open(url, new Properties());
    }

    /**
     * Opens a cluster that is not open yet, as {@link #open(String)}.
     *
     * @param info properties as for a connection
     */
    public static void open(String url, Properties info) throws SQLException {
        use(url, info, handle -> {});
    }

    /**
     * Closes a cluster now, as the end of the JVM does: its connections are ended, and what is to
     * be kept is written. What was in memory only is gone; the next connection opens an empty one.
     *
     * @param url a {@code jdbc:pglite:} URL
     * @return whether it was open
     * @throws SQLException if the URL is not valid
     */
    public static boolean shutDown(String url) throws SQLException {
        return Boundary.call(
                () -> {
                    ConnectionPlan plan = ConnectionPlan.of(url, new Properties());
                    return Connector.SHARED.registry().close(plan.cluster().key());
                });
    }

    /**
     * Makes a template of a cluster in memory as it is now, under a name that {@code
     * pglite.template} takes: a new cluster opened with it is a copy, with all databases, roles and
     * settings, and with a system identifier of its own. The two share what neither has changed.
     *
     * <p>If no connection to the cluster is open, a copy starts as quickly as an empty cluster.
     * Otherwise it recovers first, as after a crash, and has what was committed at this moment.
     *
     * @param name of the template, for this class loader's life or until {@link #dropTemplate}; a
     *     template of that name is replaced, which does not touch its copies
     * @param url a {@code jdbc:pglite:} URL of a cluster in memory; if it is not open, it is opened
     * @throws SQLException with SQLState 08001 if the cluster cannot be opened, 0A000 if it is in a
     *     directory, 58030 if it cannot be copied
     */
    public static void saveTemplate(String name, String url) throws SQLException {
        saveTemplate(name, url, new Properties());
    }

    /**
     * Makes a template of a cluster in memory, as {@link #saveTemplate(String, String)}.
     *
     * @param info properties as for a connection
     */
    public static void saveTemplate(String name, String url, Properties info) throws SQLException {
        use(url, info, handle -> Templates.SHARED.put(name, handle.template()));
    }

    /**
     * Forgets a template; clusters that are copies of it stay as they are.
     *
     * @return whether there was one of that name
     */
    public static boolean dropTemplate(String name) {
        return Templates.SHARED.remove(name);
    }

    private interface Use {
        void of(ClusterHandle handle) throws ClusterException;
    }

    /** Opens a cluster unless it is open, uses it, and lets go of it. */
    private static void use(String url, Properties info, Use use) throws SQLException {
        Boundary.run(
                () -> {
                    ConnectionPlan plan = ConnectionPlan.of(url, info);
                    try (ClusterHandle handle =
                            Connector.SHARED
                                    .registry()
                                    .acquire(plan.cluster(), ClusterRegistry.NO_DEADLINE)) {
                        use.of(handle);
                    } catch (ClusterException e) {
                        throw SqlErrors.backupFailed(e);
                    }
                });
    }
}
