package io.github.jdbcpglite.testing;

import io.github.jdbcpglite.jdbc.PGlite;
import io.github.jdbcpglite.jdbc.PGliteClusterInfo;
import io.github.jdbcpglite.jdbc.PGliteClusters;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/** Copies are clusters in memory that are cloned from each other copy-on-write. */
final class ClusterCopies implements Copies {
    static final ClusterCopies SHARED = new ClusterCopies();

    private static final String PREFIX = "jdbc:pglite:";
    private static final int ATTEMPTS = 10;

    /** SQLState of settings that differ from those a cluster is open with. */
    private static final String IN_USE_OTHERWISE = "22023";

    private static final long DISCONNECT_SECONDS = 10;
    private final AtomicLong number = new AtomicLong();

    private ClusterCopies() {}

    @Override
    public String url(String name) {
        return PREFIX + cluster(name);
    }

    private static String cluster(String name) {
        return "memory:testing-" + name;
    }

    @Override
    public String empty() throws SQLException {
        String name = newName("template");
        PGlite.open(url(name));
        return name;
    }

    @Override
    public boolean hasArchives() {
        return true;
    }

    @Override
    public String load(Path archive) throws SQLException {
        String name = newName("template");
        Properties source = new Properties();
        source.setProperty("pglite.load", archive.toString());
        PGlite.open(url(name), source);
        return name;
    }

    @Override
    public void write(String name, Path archive) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url(name));
                Statement statement = connection.createStatement()) {
            statement.execute("CHECKPOINT"); // there is less to recover when it is loaded
        }
        PGlite.backup(url(name), archive);
    }

    @Override
    public void freeze(String name) throws SQLException {
        keepAs(name, name);
        PGlite.shutDown(url(name));
    }

    @Override
    public String copyOf(String template) throws SQLException {
        String name = newName("test");
        clone(name, template);
        return name;
    }

    @Override
    public String keep(String name) throws SQLException {
        String template = newName("saved");
        keepAs(template, name);
        return template;
    }

    @Override
    public void replace(String name, String template) throws SQLException {
        // A pool may connect between the two, to an empty cluster of that name.
        for (int attempt = 1; ; attempt++) {
            PGlite.shutDown(url(name));
            try {
                clone(name, template);
                return;
            } catch (SQLException e) {
                if (attempt == ATTEMPTS || !IN_USE_OTHERWISE.equals(e.getSQLState())) {
                    throw e;
                }
            }
        }
    }

    @Override
    public void drop(String name) throws SQLException {
        PGlite.shutDown(url(name));
        PGlite.dropTemplate(cluster(name));
    }

    private String newName(String prefix) {
        return prefix + "-" + number.incrementAndGet();
    }

    private void clone(String name, String template) throws SQLException {
        PGlite.open(url(name) + "?pglite.template=" + cluster(template));
    }

    /** Makes a template that starts without recovery, as one without connections does. */
    private void keepAs(String template, String name) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url(name));
                Statement statement = connection.createStatement()) {
            statement.execute(
                    "SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity WHERE"
                            + " backend_type = 'client backend' AND pid <> pg_backend_pid()");
        }
        awaitNoConnections(cluster(name));
        PGlite.saveTemplate(cluster(template), url(name));
    }

    /** Waits for the last of those that end. With one that came again, clones recover instead. */
    private static void awaitNoConnections(String cluster) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(DISCONNECT_SECONDS);
        while (connections(cluster) > 0 && System.nanoTime() < deadline) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
        }
    }

    private static int connections(String cluster) {
        return PGliteClusters.open().stream()
                .filter(open -> open.getName().equals(cluster))
                .mapToInt(PGliteClusterInfo::getConnections)
                .sum();
    }
}
