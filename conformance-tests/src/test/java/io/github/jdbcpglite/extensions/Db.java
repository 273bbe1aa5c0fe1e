package io.github.jdbcpglite.extensions;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
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
        List<String> rows = new ArrayList<>();
        try (Statement statement = connection.createStatement()) {
            boolean hasRows = statement.execute(sql);
            while (hasRows || statement.getUpdateCount() >= 0) {
                if (hasRows) {
                    collect(statement.getResultSet(), rows);
                }
                hasRows = statement.getMoreResults();
            }
        }
        return rows;
    }

    private static void collect(ResultSet result, List<String> rows) throws SQLException {
        int columns = result.getMetaData().getColumnCount();
        while (result.next()) {
            StringBuilder row = new StringBuilder();
            for (int i = 1; i <= columns; i++) {
                row.append(i == 1 ? "" : "|").append(result.getString(i));
            }
            rows.add(row.toString());
        }
    }

    String value(String sql) throws SQLException {
        List<String> rows = rows(sql);
        if (rows.size() != 1) {
            throw new AssertionError(sql + " gave " + rows);
        }
        return rows.get(0);
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
