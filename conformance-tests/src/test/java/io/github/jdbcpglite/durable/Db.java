package io.github.jdbcpglite.durable;

import io.github.jdbcpglite.sql.Rows;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** What the tests of this package do with databases and directories. */
final class Db {
    static final long DEADLINE_SECONDS = 120;

    /** {@code DBState} of the control file. */
    static final int SHUT_DOWN = 1;

    private Db() {}

    static String url(Path directory) {
        return "jdbc:pglite:file:" + directory;
    }

    static Connection open(Path directory) throws SQLException {
        return DriverManager.getConnection(url(directory));
    }

    static void run(Connection connection, String... statements) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    /** Returns the rows with their columns joined by a comma. */
    static List<String> rows(Connection connection, String sql) throws SQLException {
        return Rows.of(connection, sql, ",");
    }

    static String value(Connection connection, String sql) throws SQLException {
        return Rows.one(connection, sql, ",");
    }

    /** Polls until a query gives this one value. */
    static void await(Connection connection, String sql, String expected) throws SQLException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(DEADLINE_SECONDS);
        String last = value(connection, sql);
        while (!last.equals(expected)) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError(sql + " stayed " + last + " and never was " + expected);
            }
            value(connection, "select pg_sleep(0.05)");
            last = value(connection, sql);
        }
    }

    /** Returns {@code DBState} from the control file, where 1 is "shut down". */
    static int state(Path directory) throws IOException {
        return Files.readAllBytes(directory.resolve("global/pg_control"))[16];
    }

    /** Returns every path below a directory with its size and time, to see that none changed. */
    static TreeMap<String, String> listing(Path directory) throws IOException {
        TreeMap<String, String> listing = new TreeMap<>();
        try (Stream<Path> walk = Files.walk(directory)) {
            for (Path path : walk.toList()) {
                String name = directory.relativize(path).toString();
                listing.put(name, Files.size(path) + " " + Files.getLastModifiedTime(path));
            }
        }
        return listing;
    }

    /** Deletes a directory and what is in it. */
    static void deleteTree(Path root) throws IOException {
        try (Stream<Path> walk = Files.walk(root)) {
            for (Path path : walk.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
