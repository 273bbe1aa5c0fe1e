package io.github.jdbcpglite.conformance.report;

import io.github.jdbcpglite.conformance.answer.NormaliseRule;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Writes a report as an HTML page and as a Markdown summary without times or machine names. */
public final class ReportWriter {
    private static final String HEAD =
            """
            <!DOCTYPE html>
            <html lang="en"><head><meta charset="utf-8"><title>Conformance</title><style>
            body { font: 15px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 70rem }
            table { border-collapse: collapse } td, th { padding: .2rem .8rem; text-align: right }
            th:first-child, td:first-child { text-align: left } tr { border-bottom: 1px solid #ddd }
            pre { background: #f6f6f6; padding: .6rem; overflow: auto } .bad { color: #b00020 }
            .pair { display: grid; grid-template-columns: 1fr 1fr; gap: 1rem }
            </style></head><body>
            """;

    private final Report report;

    /** Makes a writer for a report that is no longer added to. */
    public ReportWriter(Report report) {
        this.report = report;
    }

    /** Writes {@code index.html} and {@code CONFORMANCE.md} into a directory. */
    public void write(Path directory) throws IOException {
        Files.createDirectories(directory);
        Files.writeString(directory.resolve("index.html"), html(), StandardCharsets.UTF_8);
        Files.writeString(directory.resolve("CONFORMANCE.md"), markdown(), StandardCharsets.UTF_8);
    }

    String html() {
        StringBuilder out = new StringBuilder(HEAD);
        out.append("<h1>Conformance</h1>\n<p>Expected: ")
                .append(escape(report.expectedVersion()))
                .append("<br>Actual: ")
                .append(escape(report.actualVersion()))
                .append("</p>\n<table><tr><th>Area</th><th>Files</th><th>Statements and steps</th>")
                .append("<th>Answers compared</th><th>Equal</th><th>Different</th></tr>\n");
        report.areas().forEach((name, area) -> htmlRow(name, area, out));
        htmlRow("all", report.total(), out);
        out.append("</table>\n<h2>Differences</h2>\n");
        for (Difference difference : report.differences()) {
            htmlDifference(difference, out);
        }
        out.append("<h2>Normalisation</h2>\n<ul>\n");
        for (NormaliseRule rule : NormaliseRule.values()) {
            out.append("<li><b>")
                    .append(rule.label())
                    .append("</b>: ")
                    .append(escape(rule.reason()))
                    .append("</li>\n");
        }
        return out.append("</ul></body></html>\n").toString();
    }

    private static void htmlRow(String name, Report.Area area, StringBuilder out) {
        out.append("<tr><td>").append(escape(name));
        for (int cell :
                new int[] {
                    area.files(), area.questions(), area.compared(), area.equal(), area.different()
                }) {
            out.append("</td><td>").append(cell);
        }
        out.append("</td></tr>\n");
    }

    private void htmlDifference(Difference difference, StringBuilder out) {
        String limit = difference.limit();
        out.append("<h3>")
                .append(escape(difference.where()))
                .append("</h3>\n<p>")
                .append(
                        limit == null
                                ? "<span class=\"bad\">not listed</span>"
                                : escape(limit + ": " + report.limits().reason(limit)))
                .append("</p>\n<pre>")
                .append(escape(difference.question()))
                .append("</pre><div class=\"pair\"><pre>")
                .append(escape(difference.expected().toText(200)))
                .append("</pre><pre>")
                .append(escape(difference.actual().toText(200)))
                .append("</pre></div>\n");
    }

    String markdown() {
        StringBuilder out = new StringBuilder();
        Report.Area total = report.total();
        out.append("# Conformance\n\n")
                .append("The same statements were put to a real PostgreSQL and to `jdbc:pglite:`, ")
                .append(
                        "and everything that came back was compared: rows, column names and types,"
                                + " ")
                .append("counts, errors with their fields, and notices. This page is written by ")
                .append("the run (`-Dconformance.updateDocs=true`).\n\n")
                .append("Asked: ")
                .append(program(report.expectedVersion()))
                .append(" and ")
                .append(program(report.actualVersion()))
                .append(".\n\n")
                .append("| Area | Files | Statements, steps and calls | Answers compared | Equal ")
                .append("| Different |\n|---|---:|---:|---:|---:|---:|\n");
        for (Map.Entry<String, Report.Area> entry : report.areas().entrySet()) {
            markdownRow(entry.getKey(), entry.getValue(), out);
        }
        markdownRow("**all**", total, out);
        out.append("\n## Differences\n\n");
        if (report.differences().isEmpty()) {
            out.append("None.\n");
        }
        for (String id : report.limits().ids()) {
            out.append("- **")
                    .append(id)
                    .append("**: ")
                    .append(report.limits().reason(id))
                    .append(" Seen at:");
            report.differences().stream()
                    .filter(difference -> id.equals(difference.limit()))
                    .map(Difference::where)
                    .distinct()
                    .forEach(where -> out.append(" `").append(where).append('`'));
            out.append('\n');
        }
        report.differences().stream()
                .filter(difference -> difference.limit() == null)
                .forEach(
                        difference ->
                                out.append("- not listed: `")
                                        .append(difference.where())
                                        .append("`\n"));
        out.append("\n## What is not compared\n\n");
        for (NormaliseRule rule : NormaliseRule.values()) {
            out.append("- ").append(rule.label()).append(": ").append(rule.reason()).append(".\n");
        }
        return out.toString();
    }

    /** Returns the first words of a version text: the program and its number. */
    private static String program(String version) {
        return version.replaceFirst(",.*", "");
    }

    private static void markdownRow(String name, Report.Area area, StringBuilder out) {
        out.append("| ")
                .append(name)
                .append(" | ")
                .append(area.files())
                .append(" | ")
                .append(area.questions())
                .append(" | ")
                .append(area.compared())
                .append(" | ")
                .append(area.equal())
                .append(" | ")
                .append(area.different())
                .append(" |\n");
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
