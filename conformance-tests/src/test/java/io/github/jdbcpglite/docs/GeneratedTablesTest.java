package io.github.jdbcpglite.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jdbcpglite.jdbc.PGliteClusterMetrics;
import io.github.jdbcpglite.jdbc.PGliteDriver;
import io.github.jdbcpglite.jdbc.PGliteMetric;
import io.github.jdbcpglite.jdbc.PGliteProperty;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Tables of the pages for users are what the code says; {@code -Dconformance.updateDocs=true}
 * writes them.
 */
class GeneratedTablesTest {
    private static final Path DOCS = Path.of(System.getProperty("conformance.docs", "../docs"));
    private static final Pattern URL = Pattern.compile("`(jdbc:pglite:[^`]*)`");

    @Test
    void urlPageHasEveryProperty() throws IOException {
        StringBuilder table =
                new StringBuilder("| Property | Values | Default | Cluster | What it is for |\n")
                        .append("|---|---|---|---|---|\n");
        for (PGliteProperty property : PGliteProperty.values()) {
            row(
                    table,
                    "`" + property.getName() + "`",
                    property.getChoices().stream()
                            .map(choice -> "`" + choice + "`")
                            .collect(Collectors.joining(", ")),
                    property.getDefaultValue().map(value -> "`" + value + "`").orElse(""),
                    property.isOfCluster() ? "yes" : "",
                    property.getDescription());
        }
        check("URL.md", "properties", table.toString());
    }

    @Test
    void urlPageHasUrlsThatTheDriverTakes() throws IOException, SQLException {
        Matcher urls = URL.matcher(Files.readString(DOCS.resolve("URL.md")));
        List<String> found = urls.results().map(match -> match.group(1)).toList();
        assertThat(found).hasSizeGreaterThan(8);
        for (String url : found) {
            assertThat(new PGliteDriver().getPropertyInfo(url, new Properties())).isNotEmpty();
        }
    }

    @Test
    void observabilityPageHasEveryMetric() throws IOException {
        StringBuilder table =
                new StringBuilder("| Meter | Kind | Unit | Getter | What it is |\n")
                        .append("|---|---|---|---|---|\n");
        for (PGliteMetric metric : PGliteMetric.all()) {
            String tag =
                    metric.getTag().isEmpty()
                            ? ""
                            : "{" + metric.getTag() + "=" + metric.getTagValue() + "}";
            row(
                    table,
                    "`" + metric.getMeter() + tag + "`",
                    switch (metric.getKind()) {
                        case GAUGE -> "gauge";
                        case COUNTER -> "counter";
                        case COUNT -> "timer, count";
                        case NANOS -> "timer, time";
                    },
                    metric.getUnit(),
                    getter(metric),
                    metric.getDescription());
        }
        check("OBSERVABILITY.md", "metrics", table.toString());
    }

    private static void row(StringBuilder table, String... cells) {
        table.append(Arrays.stream(cells).collect(Collectors.joining(" | ", "| ", " |\n")));
    }

    /** Returns the getter of a metric if it has one of its own. */
    private static String getter(PGliteMetric metric) {
        String name =
                Stream.of(metric.getName().split("_", -1))
                        .map(word -> word.charAt(0) + word.substring(1).toLowerCase(Locale.ROOT))
                        .collect(Collectors.joining("", "get", ""));
        return Arrays.stream(PGliteClusterMetrics.class.getMethods())
                        .anyMatch(method -> method.getName().equals(name))
                ? "`" + name + "`"
                : "–";
    }

    /** Compares a table with what its page has between two marks, or writes it there. */
    private static void check(String page, String table, String text) throws IOException {
        Path file = DOCS.resolve(page);
        Pattern marks =
                Pattern.compile(
                        "(<!-- " + table + ": [^\\n]*-->\\n)(.*?)(<!-- end -->)", Pattern.DOTALL);
        Matcher marked = marks.matcher(Files.readString(file));
        assertThat(marked.find()).as("the marks of %s in %s", table, page).isTrue();
        if (Boolean.getBoolean("conformance.updateDocs")) {
            Files.writeString(
                    file, marked.replaceFirst("$1" + Matcher.quoteReplacement(text) + "$3"));
        } else {
            assertThat(marked.group(2)).as("%s in %s", table, page).isEqualTo(text);
        }
    }
}
