package io.github.jdbcpglite.jdbc.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** Shorthand for tests that speak to a real PostgreSQL through the driver. */
final class Sql {
    private Sql() {}

    /** Connects to the cluster the tests share. */
    static Connection connect(String... parameters) throws SQLException {
        return DriverManager.getConnection(
                "jdbc:pglite:"
                        + (parameters.length == 0 ? "" : "?" + String.join("&", parameters)));
    }

    static void run(Connection connection, String... statements) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    /** Returns the first column of every row as text. */
    static List<String> column(Connection connection, String query) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            return column(rows, 1);
        }
    }

    static List<String> column(ResultSet rows, int index) throws SQLException {
        List<String> values = new ArrayList<>();
        while (rows.next()) {
            values.add(rows.getString(index));
        }
        return values;
    }

    /** Returns the one value of a query as text. */
    static String value(Connection connection, String query) throws SQLException {
        List<String> values = column(connection, query);
        assertThat(values).as(query).hasSize(1);
        return values.get(0);
    }

    static SQLException failureOf(ThrowingCallable action) {
        SQLException failure = catchThrowableOfType(SQLException.class, action);
        assertThat((Throwable) failure).isNotNull();
        return failure;
    }
}
