package io.github.jdbcpglite.sql;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** Runs statements and returns their rows as text. */
public final class Rows {
    private Rows() {}

    /** Returns the rows of all results of a statement, their columns joined by a separator. */
    public static List<String> of(Connection connection, String sql, String separator)
            throws SQLException {
        List<String> rows = new ArrayList<>();
        try (Statement statement = connection.createStatement()) {
            boolean hasRows = statement.execute(sql);
            while (hasRows || statement.getUpdateCount() >= 0) {
                if (hasRows) {
                    collect(statement.getResultSet(), separator, rows);
                }
                hasRows = statement.getMoreResults();
            }
        }
        return rows;
    }

    private static void collect(ResultSet result, String separator, List<String> rows)
            throws SQLException {
        int columns = result.getMetaData().getColumnCount();
        while (result.next()) {
            StringBuilder row = new StringBuilder();
            for (int i = 1; i <= columns; i++) {
                row.append(i == 1 ? "" : separator).append(result.getString(i));
            }
            rows.add(row.toString());
        }
    }

    /**
     * Returns the one row of a statement, its columns joined by a separator.
     *
     * @throws AssertionError if there are none or several
     */
    public static String one(Connection connection, String sql, String separator)
            throws SQLException {
        List<String> rows = of(connection, sql, separator);
        if (rows.size() != 1) {
            throw new AssertionError(sql + " gave " + rows);
        }
        return rows.get(0);
    }
}
