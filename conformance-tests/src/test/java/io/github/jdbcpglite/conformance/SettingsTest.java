package io.github.jdbcpglite.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.github.jdbcpglite.sql.Rows;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The settings of a cluster for which nothing is asked are those of a fresh server, but for those
 * that docs/LIMITS.md lists with their reasons.
 */
@ExtendWith(ConformanceExtension.class)
final class SettingsTest {
    private static final Path LIMITS = Path.of("../docs/LIMITS.md");
    private static final String SECTION = "\n## Settings with other defaults\n";

    /** A row of the table: names in its first column, the values of both sides, the reason. */
    private static final Pattern ROW =
            Pattern.compile("^\\| (`[^|]*`) \\| ([^|]+) \\| ([^|]+) \\| ([^|]+) \\|$");

    private static final Pattern NAME = Pattern.compile("`([a-z_]+)`");

    /** In place of a value: it depends on the machine, so a difference may or may not show. */
    private static final String VARIES = "varies";

    /**
     * What the oracle is told for the tests' sake says nothing about a fresh server; the value that
     * is compiled in does.
     */
    private static final String FRESH =
            "SELECT name, CASE WHEN told THEN boot_val ELSE setting END AS setting, boot_val, CASE"
                + " WHEN told THEN boot_val ELSE reset_val END AS reset_val FROM (SELECT *, source"
                + " = 'command line' OR coalesce(sourcefile, '') LIKE '%auto.conf' AS told FROM"
                + " pg_settings) s";

    private static final String AS_IT_IS =
            "SELECT name, setting, boot_val, reset_val FROM pg_settings";

    @Test
    void everyDefaultIsPostgresOrListed(Conformance conformance) throws Exception {
        assumeThat(conformance.isSelfCheck()).isFalse();
        String server = conformance.expected().urlTemplate().replace("{database}", "postgres");
        Map<String, String> expected = settings(server, FRESH);
        Map<String, String> actual = settings("jdbc:pglite:temp:", AS_IT_IS);
        Set<String> names = new TreeSet<>(expected.keySet());
        names.addAll(actual.keySet());
        Map<String, Boolean> listed = listed();
        List<String> unlisted = new ArrayList<>();
        Set<String> unseen = new TreeSet<>();
        listed.forEach((name, certain) -> unseen.addAll(certain ? List.of(name) : List.of()));
        for (String name : names) {
            String right = expected.getOrDefault(name, "nothing");
            String given = actual.getOrDefault(name, "nothing");
            unseen.remove(right.equals(given) ? "" : name);
            if (!right.equals(given) && !listed.containsKey(name)) {
                unlisted.add(name + " is " + right + " in a server, here " + given);
            }
        }
        assertThat(unlisted).as("differences (setting, boot, reset) not in %s", LIMITS).isEmpty();
        assertThat(unseen).as("differences in %s that do not show", LIMITS).isEmpty();
    }

    private static Map<String, String> settings(String url, String query) throws SQLException {
        Map<String, String> settings = new TreeMap<>();
        try (Connection connection = DriverManager.getConnection(url)) {
            for (String row : Rows.of(connection, query, " | ")) {
                String[] nameAndValues = row.split(" \\| ", 2);
                settings.put(nameAndValues[0], nameAndValues[1]);
            }
        }
        return settings;
    }

    /** Returns the settings in the table, and whether a difference is certain to show. */
    private static Map<String, Boolean> listed() throws IOException {
        String text = Files.readString(LIMITS);
        assertThat(text).contains(SECTION);
        Map<String, Boolean> listed = new TreeMap<>();
        for (String line : text.substring(text.indexOf(SECTION)).lines().toList()) {
            Matcher row = ROW.matcher(line);
            if (row.matches()) {
                Matcher name = NAME.matcher(row.group(1));
                while (name.find()) {
                    listed.put(name.group(1), !row.group(2).equals(VARIES));
                }
            }
        }
        return listed;
    }
}
