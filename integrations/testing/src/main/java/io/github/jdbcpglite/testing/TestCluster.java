package io.github.jdbcpglite.testing;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicLong;

/** The cluster of all test databases, and what is done to whole databases in it. Stateless. */
final class TestCluster {
    /** The empty database that every cluster has for copying. */
    static final String EMPTY = "template1";

    private static final String CLUSTER = "jdbc:pglite:memory:testing/";
    private static final String ADMINISTRATION = CLUSTER + "postgres";
    private static final AtomicLong NUMBER = new AtomicLong();

    private TestCluster() {}

    static String url(String database) {
        return CLUSTER + database;
    }

    /** Makes a database that is a copy of another, to which nobody may be connected. */
    static String create(String prefix, String original) throws SQLException {
        String name = prefix + "_" + NUMBER.incrementAndGet();
        execute("CREATE DATABASE " + name + " TEMPLATE " + original);
        return name;
    }

    /** Ends the connections of a database and lets none in, so that it can be copied. */
    static void freeze(String database) throws SQLException {
        execute("ALTER DATABASE " + database + " ALLOW_CONNECTIONS false");
        disconnect(database);
    }

    /** Ends the connections of a database and returns when they have. */
    static void disconnect(String database) throws SQLException {
        execute(
                "SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity WHERE datname = '"
                        + database
                        + "'");
    }

    static void drop(String database) throws SQLException {
        execute("DROP DATABASE IF EXISTS " + database + " WITH (FORCE)");
    }

    /** Puts a copy of another database in the place of one. */
    static void replace(String database, String original) throws SQLException {
        drop(database);
        execute("CREATE DATABASE " + database + " TEMPLATE " + original);
    }

    private static void execute(String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(ADMINISTRATION);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
