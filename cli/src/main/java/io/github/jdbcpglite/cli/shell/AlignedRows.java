package io.github.jdbcpglite.cli.shell;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rows in columns of equal width; a value of several lines takes several, marked with a plus. */
final class AlignedRows {
    private final Rows rows;
    private final Settings settings;
    private final List<List<List<String>>> cells = new ArrayList<>();
    private final int[] widths;

    AlignedRows(Rows rows, Settings settings) {
        this.rows = rows;
        this.settings = settings;
        this.widths = new int[rows.columns().size()];
        List<@Nullable String> names = new ArrayList<>();
        for (Rows.Column column : rows.columns()) {
            names.add(column.name());
        }
        add(names);
        for (List<@Nullable String> row : rows.rows()) {
            add(row);
        }
    }

    private void add(List<@Nullable String> row) {
        List<List<String>> cellsOfRow = new ArrayList<>();
        for (int i = 0; i < row.size(); i++) {
            String value = row.get(i);
            List<String> lines = TextWidth.lines(value == null ? settings.nullText : value);
            cellsOfRow.add(lines);
            for (String line : lines) {
                widths[i] = Math.max(widths[i], TextWidth.of(line));
            }
        }
        cells.add(cellsOfRow);
    }

    /** Returns how many columns of a terminal a line takes. */
    int width() {
        int width = 0;
        for (int columns : widths) {
            width += columns + 3;
        }
        return width - 1;
    }

    void print(PrintWriter out) {
        if (!rows.title().isEmpty() && !settings.tuplesOnly) {
            out.println(rows.title());
        }
        for (int n = settings.tuplesOnly ? 1 : 0; n < cells.size(); n++) {
            printRow(cells.get(n), n > 0, out);
            if (n == 0) {
                StringBuilder rule = new StringBuilder();
                for (int width : widths) {
                    rule.append(rule.isEmpty() ? "" : "+").append("-".repeat(width + 2));
                }
                out.println(rule);
            }
        }
        if (!settings.tuplesOnly) {
            int count = rows.rows().size();
            out.println("(" + count + (count == 1 ? " row)" : " rows)"));
        }
    }

    private void printRow(List<List<String>> row, boolean values, PrintWriter out) {
        int height = row.stream().mapToInt(List::size).max().orElse(1);
        for (int n = 0; n < height; n++) {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < widths.length; i++) {
                List<String> cell = row.get(i);
                String text = n < cell.size() ? cell.get(n) : "";
                String space = " ".repeat(widths[i] - TextWidth.of(text));
                boolean right = values && rows.columns().get(i).isNumber();
                line.append(i == 0 ? " " : "| ").append(right ? space : "").append(text);
                line.append(right ? "" : space).append(n + 1 < cell.size() ? "+" : " ");
            }
            out.println(line.toString().stripTrailing());
        }
    }

    void printExpanded(PrintWriter out) {
        int names = 0;
        for (List<String> name : cells.get(0)) {
            names = Math.max(names, TextWidth.of(String.join(" ", name)));
        }
        for (int n = 1; n < cells.size(); n++) {
            if (!settings.tuplesOnly) {
                String head = "-[ RECORD " + n + " ]";
                out.println(head + "-".repeat(Math.max(0, names + 2 - head.length())) + "-");
            }
            for (int i = 0; i < widths.length; i++) {
                String name = String.join(" ", cells.get(0).get(i));
                List<String> value = cells.get(n).get(i);
                for (int k = 0; k < value.size(); k++) {
                    String label = k == 0 ? name : "";
                    String text =
                            label
                                    + " ".repeat(names - TextWidth.of(label))
                                    + " | "
                                    + value.get(k)
                                    + (k + 1 < value.size() ? "+" : "");
                    out.println(text.stripTrailing());
                }
            }
        }
        if (cells.size() == 1 && !settings.tuplesOnly) {
            out.println("(0 rows)");
        }
    }
}
