package io.github.jdbcpglite.conformance.server;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * One of the two databases that are asked the same: where its databases are and how to reach them.
 *
 * <p>Not thread-safe, except that the connections it hands out are the callers'. An administrative
 * connection stays open until {@link #close}, which keeps an in-memory cluster alive.
 */
public final class Side implements AutoCloseable {
    /**
     * No statement of the corpus takes longer; a side that does has hung. JVMs that compile nothing
     * or everything set {@code conformance.answerMillis}.
     */
    public static final int ANSWER_TIMEOUT_MILLIS =
            Integer.getInteger("conformance.answerMillis", 60_000);

    /**
     * Session settings that both sides start with. Parallel plans and JIT depend on the machine and
     * on the build, not on PostgreSQL's meaning of a statement.
     */
    private static final String OPTIONS =
            "-c TimeZone=UTC -c max_parallel_workers_per_gather=0 -c jit=off";

    private final String name;
    private final String urlTemplate;
    private final ExecutorService timeouts =
            Executors.newSingleThreadExecutor(
                    task -> {
                        Thread thread = new Thread(task, "side-network-timeout");
                        thread.setDaemon(true);
                        return thread;
                    });
    private final Connection admin;

    /**
     * Connects to the side's database {@code postgres}.
     *
     * @param name how failures call this side
     * @param urlTemplate a JDBC URL with {@code {database}} where the database's name belongs
     */
    public Side(String name, String urlTemplate) throws SQLException {
        this.name = name;
        this.urlTemplate = urlTemplate;
        this.admin = connect("postgres", QueryMode.SIMPLE);
    }

    /** Returns how failures call this side. */
    public String name() {
        return name;
    }

    /** Returns the JDBC URL with {@code {database}} where the database's name belongs. */
    public String urlTemplate() {
        return urlTemplate;
    }

    /** Returns what {@code version()} says on this side. */
    public String version() throws SQLException {
        try (Statement statement = admin.createStatement();
                var rows = statement.executeQuery("SELECT version()")) {
            rows.next();
            return rows.getString(1);
        }
    }

    /** Opens a session; the caller closes it. */
    public Connection connect(String database, QueryMode mode) throws SQLException {
        return connect(database, mode, new Properties());
    }

    /** Opens a session with more connection properties; the caller closes it. */
    public Connection connect(String database, QueryMode mode, Properties more)
            throws SQLException {
        Properties properties = new Properties();
        mode.apply(properties);
        properties.putAll(more);
        if (properties.getProperty("user") == null && !urlTemplate.contains("user=")) {
            properties.setProperty("user", "postgres");
        }
        properties.setProperty("options", OPTIONS);
        properties.setProperty("ApplicationName", "conformance");
        String url = urlTemplate.replace("{database}", database);
        String user = more.getProperty("user");
        if (user != null) {
            // What the URL says would win over the property.
            url = url.replaceAll("user=[^&]*", "user=" + user);
        }
        Connection connection = DriverManager.getConnection(url, properties);
        connection.setNetworkTimeout(timeouts, ANSWER_TIMEOUT_MILLIS);
        return connection;
    }

    /** Makes an empty database, replacing one of the same name. */
    public void createDatabase(String database) throws SQLException {
        dropDatabase(database);
        executeAsAdmin("CREATE DATABASE " + database + " TEMPLATE template0");
    }

    /** Drops a database and ends the sessions in it; does nothing if there is none. */
    public void dropDatabase(String database) throws SQLException {
        executeAsAdmin("DROP DATABASE IF EXISTS " + database + " WITH (FORCE)");
    }

    /** Runs a statement in the administrative session. */
    public void executeAsAdmin(String sql) throws SQLException {
        try (Statement statement = admin.createStatement()) {
            statement.execute(sql);
        }
    }

    @Override
    public void close() throws SQLException {
        try {
            admin.close();
        } finally {
            timeouts.shutdown();
        }
    }
}
