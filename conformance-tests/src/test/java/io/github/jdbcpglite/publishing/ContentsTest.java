package io.github.jdbcpglite.publishing;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jdbcpglite.jdbc.PGliteVersion;
import io.github.jdbcpglite.sql.Rows;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The table of what is compiled into the jars, which their lists of contents are made with. */
@Timeout(value = 180, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class ContentsTest {
    private static final Path ROOT = Path.of("..");

    /** A line of the table. */
    private record Part(
            String jar, String name, String version, String licence, String purl, String source) {}

    @Test
    void versionsAreThoseThatPostgresTells() throws Exception {
        List<Part> parts = parts();
        try (Connection connection = DriverManager.getConnection("jdbc:pglite:memory:contents")) {
            String version = one(connection, "SELECT version()");
            assertThat(version)
                    .startsWith("PostgreSQL " + version(parts, "PostgreSQL") + " ")
                    .contains("(PGlite " + version(parts, "PGlite") + ")")
                    .contains(" " + version(parts, "Emscripten") + " (");
            assertThat(version(parts, "PGlite")).isEqualTo(PGliteVersion.ofPglite());
            int extensions = 0;
            for (Part part : parts) {
                if (part.source().endsWith(".control")) {
                    extensions++;
                    String name = part.source().replace(".control", "");
                    assertThat(
                                    one(
                                            connection,
                                            "SELECT default_version FROM pg_available_extensions"
                                                    + " WHERE name = '"
                                                    + name
                                                    + "'"))
                            .as("default_version in %s", part.source())
                            .isEqualTo(part.version());
                }
            }
            assertThat(extensions).isGreaterThanOrEqualTo(8);
        }
    }

    @Test
    void eachJarWithCompiledCodeHasItsLines() throws IOException {
        List<String> compiled =
                Pom.all().stream()
                        .filter(
                                pom ->
                                        pom.file()
                                                .toString()
                                                .matches("../(extensions|native/linux.*|pg.*)/.*"))
                        .filter(Pom::isJar)
                        .map(Pom::artifactId)
                        .toList();
        assertThat(compiled).hasSize(14);
        assertThat(parts().stream().map(Part::jar).distinct())
                .containsExactlyInAnyOrderElementsOf(compiled);
    }

    @Test
    void theNoticeNamesEachOfThem() throws IOException {
        String notice = Files.readString(ROOT.resolve("NOTICE"));
        for (Part part : parts()) {
            String name = part.name().startsWith("pglite-") ? "PGlite" : part.name();
            assertThat(notice).as("NOTICE").containsIgnoringCase(name.replace("tzdata", "IANA"));
        }
    }

    @Test
    void aVersionIsInThePackageUrlAndWhereItIsMissingThatIsSaid() throws IOException {
        for (Part part : parts()) {
            if (part.version().isEmpty()) {
                assertThat(part.source()).startsWith("version not stated by its package");
                assertThat(part.purl()).doesNotContain("@");
            } else if (!part.source().contains("minor version is not stated")) {
                assertThat(part.purl()).endsWith("@" + part.version());
            }
        }
    }

    private static String version(List<Part> parts, String name) {
        return parts.stream()
                .filter(part -> part.jar().equals("jdbc-pglite-image") && part.name().equals(name))
                .findFirst()
                .orElseThrow()
                .version();
    }

    private static String one(Connection connection, String sql) throws SQLException {
        return Rows.one(connection, sql, "|");
    }

    private static List<Part> parts() throws IOException {
        return Files.readAllLines(ROOT.resolve("build-config/contents.txt")).stream()
                .filter(line -> !line.startsWith("#") && !line.isBlank())
                .map(line -> line.split("\\|", -1))
                .map(
                        field ->
                                new Part(
                                        field[0].strip(),
                                        field[1].strip(),
                                        field[2].strip(),
                                        field[3].strip(),
                                        field[4].strip(),
                                        field[5].strip()))
                .toList();
    }
}
