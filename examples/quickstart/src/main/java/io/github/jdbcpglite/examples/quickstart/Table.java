package io.github.jdbcpglite.examples.quickstart;

import java.io.PrintStream;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.StringJoiner;

/** Prints result sets, a line per row. */
final class Table {
    private Table() {}

    /** Prints and closes a result set. */
    static void print(PrintStream out, String title, ResultSet rows) throws SQLException {
        try (rows) {
            out.println(title);
            ResultSetMetaData columns = rows.getMetaData();
            StringJoiner header = new StringJoiner(" | ", "  ", "");
            for (int i = 1; i <= columns.getColumnCount(); i++) {
                header.add(columns.getColumnLabel(i));
            }
            out.println(header);
            while (rows.next()) {
                StringJoiner line = new StringJoiner(" | ", "  ", "");
                for (int i = 1; i <= columns.getColumnCount(); i++) {
                    line.add(String.valueOf(rows.getString(i)));
                }
                out.println(line);
            }
            out.println();
        }
    }
}
