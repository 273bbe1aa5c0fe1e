package io.github.jdbcpglite.cli;

import java.io.PrintWriter;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Prints rows as text. */
final class RowPrinter {
    /** How; the names are what users write. */
    enum Format {
        /** Columns of equal width, with a header. All rows are held in memory. */
        aligned,
        /** RFC 4180, with a header. */
        csv,
        /** Tabs between columns, no header. */
        tsv
    }

    private final PrintWriter out;
    private final Format format;

    RowPrinter(PrintWriter out, Format format) {
        this.out = out;
        this.format = format;
    }

    void print(ResultSet rows) throws SQLException {
        ResultSetMetaData columns = rows.getMetaData();
        List<String> header = new ArrayList<>();
        for (int i = 1; i <= columns.getColumnCount(); i++) {
            header.add(columns.getColumnLabel(i));
        }
        if (format == Format.aligned) {
            printAligned(header, rows);
            return;
        }
        if (format == Format.csv) {
            printLine(header);
        }
        while (rows.next()) {
            printLine(row(rows, header.size()));
        }
    }

    private static List<String> row(ResultSet rows, int columns) throws SQLException {
        List<String> row = new ArrayList<>();
        for (int i = 1; i <= columns; i++) {
            String value = rows.getString(i);
            row.add(value == null ? "" : value);
        }
        return row;
    }

    private void printLine(List<String> values) {
        List<String> written = new ArrayList<>();
        for (String value : values) {
            written.add(format == Format.csv ? csv(value) : tsv(value));
        }
        out.println(String.join(format == Format.csv ? "," : "\t", written));
    }

    private static String csv(String value) {
        boolean plain =
                value.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
        return plain ? value : '"' + value.replace("\"", "\"\"") + '"';
    }

    private static String tsv(String value) {
        return value.replace("\\", "\\\\").replace("\t", "\\t").replace("\n", "\\n");
    }

    private void printAligned(List<String> header, ResultSet rows) throws SQLException {
        List<List<String>> lines = new ArrayList<>();
        lines.add(header);
        while (rows.next()) {
            lines.add(row(rows, header.size()));
        }
        int[] widths = new int[header.size()];
        for (List<String> line : lines) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], line.get(i).length());
            }
        }
        for (int n = 0; n < lines.size(); n++) {
            StringBuilder text = new StringBuilder();
            for (int i = 0; i < widths.length; i++) {
                String value = lines.get(n).get(i);
                text.append(i == 0 ? " " : " | ").append(value);
                text.append(" ".repeat(widths[i] - value.length()));
            }
            out.println(text.toString().stripTrailing());
            if (n == 0) {
                StringBuilder rule = new StringBuilder();
                for (int width : widths) {
                    rule.append(rule.isEmpty() ? "" : "+").append("-".repeat(width + 2));
                }
                out.println(rule);
            }
        }
        out.println("(" + (lines.size() - 1) + (lines.size() == 2 ? " row)" : " rows)"));
    }
}
