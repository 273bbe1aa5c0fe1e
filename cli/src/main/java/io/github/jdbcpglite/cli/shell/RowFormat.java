package io.github.jdbcpglite.cli.shell;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How rows are written; the names are what users write. */
public enum RowFormat {
    /** Columns of equal width, with a header. */
    aligned {
        @Override
        void print(Rows rows, Settings settings, int width, PrintWriter out) {
            AlignedRows aligned = new AlignedRows(rows, settings);
            boolean expanded =
                    settings.expanded == Settings.Expanded.on
                            || settings.expanded == Settings.Expanded.auto
                                    && width > 0
                                    && aligned.width() > width;
            if (expanded) {
                aligned.printExpanded(out);
            } else {
                aligned.print(out);
            }
        }
    },
    /** RFC 4180, with a header. A NULL is an empty field, and an empty text is {@code ""}. */
    csv {
        @Override
        void print(Rows rows, Settings settings, int width, PrintWriter out) {
            if (!settings.tuplesOnly) {
                out.println(join(names(rows), ",", RowFormat::csv));
            }
            for (List<@Nullable String> row : rows.rows()) {
                out.println(
                        join(
                                row,
                                ",",
                                value ->
                                        value == null
                                                ? settings.nullText
                                                : value.equals(settings.nullText)
                                                        ? '"' + value + '"'
                                                        : csv(value)));
            }
        }
    },
    /** Tabs between columns, no header; tabs, line breaks and backslashes as COPY has them. */
    tsv {
        @Override
        void print(Rows rows, Settings settings, int width, PrintWriter out) {
            for (List<@Nullable String> row : rows.rows()) {
                out.println(
                        join(row, "\t", value -> value == null ? settings.nullText : tsv(value)));
            }
        }
    },
    /** An array of objects, a row on a line. */
    json {
        @Override
        void print(Rows rows, Settings settings, int width, PrintWriter out) {
            List<String> keys = new ArrayList<>();
            for (Rows.Column column : rows.columns()) {
                String name = column.name();
                for (int n = 2; keys.contains(name); n++) {
                    name = column.name() + "_" + n;
                }
                keys.add(name);
            }
            out.print("[");
            for (int n = 0; n < rows.rows().size(); n++) {
                out.println(n == 0 ? "" : ",");
                out.print("  {");
                for (int i = 0; i < keys.size(); i++) {
                    out.print((i == 0 ? "" : ", ") + Json.quote(keys.get(i)) + ": ");
                    out.print(rows.columns().get(i).json(rows.rows().get(n).get(i)));
                }
                out.print("}");
            }
            out.println(rows.rows().isEmpty() ? "]" : System.lineSeparator() + "]");
        }
    },
    /** A table of GitHub's Markdown. */
    markdown {
        @Override
        void print(Rows rows, Settings settings, int width, PrintWriter out) {
            out.println("| " + join(names(rows), " | ", RowFormat::markdown) + " |");
            StringBuilder rule = new StringBuilder("|");
            for (Rows.Column column : rows.columns()) {
                rule.append(column.isNumber() ? " ---: |" : " --- |");
            }
            out.println(rule);
            for (List<@Nullable String> row : rows.rows()) {
                out.println(
                        "| "
                                + join(
                                        row,
                                        " | ",
                                        value ->
                                                markdown(value == null ? settings.nullText : value))
                                + " |");
            }
        }
    };

    /** Writes a field of a row. */
    private interface Field {
        String of(@Nullable String value);
    }

    /**
     * Writes rows.
     *
     * @param width of the terminal in columns, or 0 if there is none
     */
    abstract void print(Rows rows, Settings settings, int width, PrintWriter out);

    private static List<@Nullable String> names(Rows rows) {
        List<@Nullable String> names = new ArrayList<>();
        for (Rows.Column column : rows.columns()) {
            names.add(column.name());
        }
        return names;
    }

    private static String join(List<@Nullable String> row, String between, Field field) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < row.size(); i++) {
            line.append(i == 0 ? "" : between).append(field.of(row.get(i)));
        }
        return line.toString();
    }

    private static String csv(@Nullable String value) {
        String text = value == null ? "" : value;
        boolean plain = text.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
        return plain ? text : '"' + text.replace("\"", "\"\"") + '"';
    }

    private static String tsv(String value) {
        return value.replace("\\", "\\\\")
                .replace("\t", "\\t")
                .replace("\n", "\\n")
                .replace("\r", "\\r");
    }

    private static String markdown(@Nullable String value) {
        String text = value == null ? "" : value;
        return text.replace("\\", "\\\\")
                .replace("|", "\\|")
                .replace("<", "&lt;")
                .replaceAll("\r?\n", "<br>");
    }
}
