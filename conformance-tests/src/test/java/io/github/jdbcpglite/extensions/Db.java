package io.github.jdbcpglite.extensions;

import io.github.jdbcpglite.sql.Rows;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;

/** A connection whose rows are read as text. */
final class Db implements AutoCloseable {
    private final Connection connection;

    private Db(Connection connection) {
        this.connection = connection;
    }

    static Db open(String url) throws SQLException {
        return new Db(DriverManager.getConnection(url));
    }

    Connection connection() {
        return connection;
    }

    void run(String sql) throws SQLException {
        rows(sql);
    }

    /** Returns all rows of all results, columns joined by {@code |}. */
    List<String> rows(String sql) throws SQLException {
        return Rows.of(connection, sql, "|");
    }

    String value(String sql) throws SQLException {
        return Rows.one(connection, sql, "|");
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
