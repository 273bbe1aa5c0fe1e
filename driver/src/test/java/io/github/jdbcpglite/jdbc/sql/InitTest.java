package io.github.jdbcpglite.jdbc.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jdbcpglite.jdbc.PGlite;
import io.github.jdbcpglite.jdbc.PGliteClusterInfo;
import io.github.jdbcpglite.jdbc.PGliteClusters;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code pglite.init}: scripts that a new cluster is filled by. */
@Timeout(value = 120, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class InitTest {
    @TempDir Path temp;

    private static String memory(String parameters) {
        return "jdbc:pglite:memory:init-" + UUID.randomUUID() + "?pglite.close=last&" + parameters;
    }

    private String script(String name, String text) throws IOException {
        return "file:" + Files.writeString(temp.resolve(name), text);
    }

    @Test
    void scriptsOfTheClassPathAndOfFilesRunInTheirOrder() throws Exception {
        String second = script("second.sql", "INSERT INTO init_item VALUES (8, 'of a file')");
        String url = memory("pglite.init=classpath:init/first.sql," + second);
        try (Connection connection = DriverManager.getConnection(url);
                Connection another = DriverManager.getConnection(url)) {
            assertThat(Sql.column(another, "SELECT name FROM init_item ORDER BY id"))
                    .containsExactly("a;b", "tab\there", "of a file");
            assertThat(Sql.value(connection, "SELECT init_double(4)")).isEqualTo("8");
            assertThat(Sql.value(connection, "SELECT init_atomic(4)")).isEqualTo("5");
            assertThat(Sql.value(connection, "SHOW search_path")).contains("public");
        }
    }

    @Test
    void theyRunAsTheUserInTheDatabaseOfTheConnection() throws Exception {
        String init = script("who.sql", "CREATE TABLE who AS SELECT current_user, 1 AS one");
        String url = memory("user=app&database=shop&pglite.create=true&pglite.init=" + init);
        try (Connection connection = DriverManager.getConnection(url)) {
            assertThat(
                            Sql.value(
                                    connection,
                                    "SELECT tableowner FROM pg_tables WHERE tablename = 'who'"))
                    .isEqualTo("app");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "SELECT 1;\\n\\nSELECT 1,\\n  nothing\\nFROM x;  | line 5 | 42P01 | FROM x",
                "SELECT 1;\\nINSERT INTO absent VALUES (1); | line 2 | 42P01 | INSERT INTO absent",
                "SELECT $$;\\n$$; SELECT 1/0; | line 2 | 22012 | SELECT 1/0",
                "SELECT 1;\\nSELECT 'open; | line 2 | 42601 | SELECT 'open",
                "CREATE TABLE c (i int);\\n"
                        + "COPY c FROM stdin;\\n"
                        + "x\\n"
                        + "\\\\. | line 2 | 22P02 | COPY c",
                "COPY c FROM stdin;\\n1\\n | line 1 | 42601 | no line \\.",
                "SELECT 1;\\n"
                        + "\\\\connect other\\n"
                        + " | line 2 | 42601 | \\connect is a command of psql",
                "SELECT 1;\\n"
                        + "BEGIN;\\n"
                        + "CREATE TABLE t (i int); | within a transaction | 25001 | COMMIT",
            })
    void aFailureNamesFileLineAndStatementAndLeavesNothing(
            String text, String line, String state, String statement) throws Exception {
        String init = script("bad.sql", text.replace("\\n", "\n").replace("\\\\", "\\"));
        SQLException failure =
                Sql.failureOf(() -> DriverManager.getConnection(memory("pglite.init=" + init)));
        assertThat(failure.getSQLState()).isEqualTo(state);
        assertThat(failure.getMessage()).contains("bad.sql", line, statement, "pglite.init");
        assertThat(PGliteClusters.open())
                .extracting(PGliteClusterInfo::getName)
                .noneMatch(name -> name.startsWith("memory:init-"));
    }

    @Test
    void aDirectoryWhoseScriptsFailIsEmptyAgainAndMadeWithMendedOnes() throws Exception {
        Path directory = temp.resolve("db");
        String url =
                "jdbc:pglite:file:"
                        + directory
                        + "?pglite.durability=off&pglite.init="
                        + script("bad.sql", "CREATE TABLE good (i int); SELECT absent;");
        assertThat(Sql.failureOf(() -> DriverManager.getConnection(url)).getSQLState())
                .isEqualTo("42703");
        try (Stream<Path> left = Files.list(directory)) {
            assertThat(left).allMatch(path -> path.endsWith("pglite.lock"));
        }
        script("bad.sql", "CREATE TABLE good (i int)");
        try (Connection connection = DriverManager.getConnection(url)) {
            assertThat(Sql.value(connection, "SELECT count(*) FROM good")).isEqualTo("0");
        }
        try (Stream<Path> made = Files.list(directory)) {
            assertThat(made).noneMatch(path -> path.endsWith("pglite.creating"));
        }
    }

    @Test
    void aDirectoryThatHoldsAClusterIsOpenedWithoutThem() throws Exception {
        String init = script("once.sql", "CREATE TABLE once (i int)");
        String url =
                "jdbc:pglite:file:"
                        + temp.resolve("db")
                        + "?pglite.durability=off&pglite.init="
                        + init;
        DriverManager.getConnection(url).close();
        try (Connection connection = DriverManager.getConnection(url)) {
            assertThat(Sql.value(connection, "SELECT count(*) FROM once")).isEqualTo("0");
        }
    }

    @Test
    void aCloneAndACopyAreNewClusters() throws Exception {
        String template = "init-template";
        String original = memory("user=postgres");
        Path archive = temp.resolve("copy.tar");
        try (Connection connection = DriverManager.getConnection(original)) {
            Sql.run(connection, "CREATE TABLE base (i int)");
            PGlite.saveTemplate(template, original);
            PGlite.backup(original, archive);
        }
        String init = script("more.sql", "INSERT INTO base VALUES (1)");
        try {
            for (String from :
                    new String[] {"pglite.template=" + template, "pglite.load=" + archive}) {
                try (Connection connection =
                        DriverManager.getConnection(memory(from + "&pglite.init=" + init))) {
                    assertThat(Sql.value(connection, "SELECT count(*) FROM base")).isEqualTo("1");
                }
            }
        } finally {
            PGlite.dropTemplate(template);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "classpath:absent.sql, 58P01, not on the class path",
        "file:/absent/x.sql, 58P01, cannot be read",
        "init.sql, 22023, classpath:name",
        "'classpath:a.sql,', 22023, classpath:name",
        "classpath:, 22023, classpath:name"
    })
    void aScriptThatIsNotThereIsNamed(String init, String state, String message) {
        SQLException failure =
                Sql.failureOf(() -> DriverManager.getConnection(memory("pglite.init=" + init)));
        assertThat(failure.getSQLState()).isEqualTo(state);
        assertThat(failure.getMessage()).contains(init, message);
    }

    @Test
    void anotherEncodingIsRefused() throws Exception {
        Path latin = temp.resolve("latin.sql");
        Files.write(latin, "SELECT 'é'".getBytes(StandardCharsets.ISO_8859_1));
        SQLException failure =
                Sql.failureOf(
                        () -> DriverManager.getConnection(memory("pglite.init=file:" + latin)));
        assertThat(failure.getSQLState()).isEqualTo("22021");
        assertThat(failure.getMessage()).contains("latin.sql", "UTF-8");
    }
}
