package io.github.jdbcpglite.testing;

import io.github.jdbcpglite.jdbc.PGliteScope;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Copies are databases of one cluster, made by {@code CREATE DATABASE … TEMPLATE}. */
final class DatabaseCopies implements Copies {
    static final DatabaseCopies SHARED = new DatabaseCopies();

    /** The empty database that every cluster has for copying. */
    private static final String EMPTY = "template1";

    private static final String CLUSTER = "jdbc:pglite:memory:testing";
    private static final String ADMINISTRATION = CLUSTER + "/postgres";
    private final AtomicLong number = new AtomicLong();

    /** Templates stay as long as the JVM, whoever was the first to need one. */
    private @Nullable PGliteScope scope;

    private DatabaseCopies() {}

    @Override
    public String url(String name) {
        return CLUSTER + "/" + name;
    }

    @Override
    public String empty() throws SQLException {
        return create("template", EMPTY);
    }

    /** An archive has a whole cluster, and this one is shared. */
    @Override
    public boolean hasArchives() {
        return false;
    }

    @Override
    public String load(Path archive) throws SQLException {
        throw new SQLFeatureNotSupportedException("a database cannot be loaded from an archive");
    }

    @Override
    public void write(String name, Path archive) throws SQLException {
        throw new SQLFeatureNotSupportedException("a database cannot be written to an archive");
    }

    @Override
    public void freeze(String name) throws SQLException {
        execute("ALTER DATABASE " + name + " ALLOW_CONNECTIONS false");
        disconnect(name);
    }

    @Override
    public String copyOf(String template) throws SQLException {
        return create("test", template);
    }

    @Override
    public String keep(String name) throws SQLException {
        disconnect(name);
        return create("saved", name);
    }

    @Override
    public void replace(String name, String template) throws SQLException {
        drop(name);
        execute("CREATE DATABASE " + name + " TEMPLATE " + template);
    }

    @Override
    public void drop(String name) throws SQLException {
        execute("DROP DATABASE IF EXISTS " + name + " WITH (FORCE)");
    }

    private synchronized void keepOpen() throws SQLException {
        if (scope == null) {
            PGliteScope forever = PGliteScope.begin();
            forever.add(CLUSTER);
            scope = forever;
        }
    }

    private String create(String prefix, String original) throws SQLException {
        keepOpen();
        String name = prefix + "_" + number.incrementAndGet();
        execute("CREATE DATABASE " + name + " TEMPLATE " + original);
        return name;
    }

    /** Ends the connections of a database and returns when they have. */
    private static void disconnect(String database) throws SQLException {
        execute(
                "SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity WHERE datname = '"
                        + database
                        + "'");
    }

    private static void execute(String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(ADMINISTRATION);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
