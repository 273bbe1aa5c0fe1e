package io.github.jdbcpglite.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MainTest {
    private static final List<String> COMMANDS =
            List.of("serve", "sql", "exec", "psql", "dump", "backup", "restore", "import");

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir Path directory;

    private int run(String... args) {
        return Main.run(new PrintWriter(out, true), new PrintWriter(err, true), args);
    }

    @Test
    void printsRowsAligned() {
        int status =
                run("sql", "memory:", "-c", "SELECT 1 AS one, 'zwei' AS two; SELECT 3 AS three");

        assertThat(out.toString().lines())
                .containsExactly(
                        " one | two",
                        "-----+------",
                        "   1 | zwei",
                        "(1 row)",
                        " three",
                        "-------",
                        "     3",
                        "(1 row)");
        assertThat(status).isZero();
    }

    @Test
    void printsCsvAndTsv() {
        String query = "SELECT 'a,b' AS x, E'c\\td' AS y, NULL AS z";
        run("sql", "memory:", "--format", "csv", "-c", query);
        run("sql", "memory:", "--format", "tsv", "-c", query);
        assertThat(out.toString().lines())
                .containsExactly("x,y,z", "\"a,b\",c\td,", "a,b\tc\\td\t");
    }

    @Test
    void runsFiles() throws Exception {
        Path file = directory.resolve("script.sql");
        Files.writeString(file, "CREATE TEMP TABLE t (n int); INSERT INTO t VALUES (5);\nTABLE t;");
        assertThat(run("sql", "memory:", "--format=tsv", "-f", file.toString())).isZero();
        assertThat(out.toString().strip()).isEqualTo("5");
    }

    @Test
    void answersOneAndTheMessageToWrongSql() {
        assertThat(run("sql", "memory:", "-c", "SELEC 1")).isOne();
        assertThat(err.toString())
                .contains("syntax error at or near \"SELEC\"")
                .doesNotContain("\tat ");
    }

    @Test
    void answersTwoToWrongUsage() {
        assertThat(run()).isEqualTo(2);
        assertThat(run("sql")).isEqualTo(2);
        assertThat(run("nonsense")).isEqualTo(2);
        assertThat(run("serve", "--nonsense")).isEqualTo(2);
        assertThat(err.toString()).contains("Missing required parameter: 'TARGET'");
    }

    @Test
    void helpsForEveryCommand() {
        for (String command : COMMANDS) {
            assertThat(run(command, "--help")).isZero();
            assertThat(out.toString()).contains("Usage: jdbc-pglite " + command);
        }
        assertThat(run("--help")).isZero();
    }

    @Test
    void theBuildSaysTheVersions() {
        assertThat(run("--version")).isZero();
        assertThat(out.toString())
                .containsPattern(
                        "jdbc-pglite \\d+\\.\\d+\\S*\\RPostgreSQL 18\\.\\d+, by PGlite"
                                + " \\d+\\.\\d+\\.\\d+\\Rengine \\w+\\Rpgjdbc 42\\.");
    }

    @Test
    void completesItself() {
        assertThat(run("generate-completion")).isZero();
        assertThat(out.toString()).contains("complete ", "jdbc-pglite", "--password-file");
    }

    @Test
    void backsUpAndRestores() throws Exception {
        String target = "file:" + directory.resolve("data");
        Path archive = directory.resolve("backup.tar.gz");
        Path copy = directory.resolve("copy");
        run("sql", target, "-c", "CREATE TABLE kept AS SELECT 42 AS n");

        assertThat(run("backup", target, archive.toString())).isZero();
        byte[] written = Files.readAllBytes(archive);
        assertThat(run("backup", target, archive.toString())).isOne();
        assertThat(archive).hasBinaryContent(written);
        assertThat(run("restore", copy.toString(), archive.toString())).isZero();
        assertThat(run("restore", copy.toString(), archive.toString())).isOne();
        assertThat(run("restore", "memory:restored", archive.toString())).isOne();

        assertThat(run("sql", "file:" + copy, "--format=tsv", "-c", "TABLE kept")).isZero();
        assertThat(out.toString().strip()).isEqualTo("42");
        assertThat(err.toString())
                .contains("backup.tar.gz exists", "is not empty", "is no directory");
    }

    @Test
    void restoresDump() {
        String target = "file:" + directory.resolve("data");
        String dump = directory.resolve("dump.sql").toString();
        run("sql", target, "-c", "CREATE TABLE kept (n int, t text)");
        run("sql", target, "-c", "INSERT INTO kept VALUES (1, E'a\\n;\\\\.')");
        assertThat(run("dump", target, "-o", dump)).isZero();

        assertThat(run("restore", "memory:from-dump", dump)).isZero();
        assertThat(out.toString()).isEmpty();
        assertThat(run("sql", "memory:from-dump", "--format=json", "-c", "TABLE kept")).isZero();
        assertThat(out.toString()).contains("{\"n\": 1, \"t\": \"a\\n;\\\\.\"}");
    }

    @Test
    void importsCsv() throws Exception {
        Path file = directory.resolve("people.csv");
        Files.writeString(file, "\ufeffname,\"Full \"\"Name\"\"\"\r\nann,\"A,\nB\"\r\nbob,\r\n");
        String target = "memory:import";
        assertThat(run("import", target, file.toString(), "-t", "people", "--create")).isZero();
        assertThat(run("import", target, file.toString(), "-t", "people")).isZero();
        assertThat(out.toString().lines()).containsExactly("COPY 2", "COPY 2");
        assertThat(run("sql", target, "-c", "SELECT count(\"Full \"\"Name\"\"\") FROM people"))
                .isZero();
        assertThat(out.toString()).contains("     2");

        Files.writeString(file, "name,\"Full \"\"Name\"\"\"\nok,ok\ntoo,many,fields\n");
        assertThat(run("import", target, file.toString(), "-t", "people")).isOne();
        assertThat(err.toString()).contains("extra data after last expected column");
        assertThat(run("sql", target, "--format=tsv", "-c", "SELECT 'rows', count(*) FROM people"))
                .isZero();
        assertThat(out.toString()).contains("rows\t4");
    }

    @Test
    void answersThreeToScriptThatFails() throws Exception {
        Path file = directory.resolve("script.sql");
        Files.writeString(file, "SELECT 1/0;");
        assertThat(run("sql", "memory:", "-f", file.toString())).isEqualTo(3);
        assertThat(err.toString()).contains("script.sql:1: ERROR:  division by zero");
    }

    @Test
    void answersWhatTheProgramAnswers() {
        assertThat(run("exec", "memory:", "--", "sh", "-c", "test \"$PGHOST\" = 127.0.0.1"))
                .isZero();
        assertThat(run("exec", "memory:", "--", "sh", "-c", "exit 7")).isEqualTo(7);
        assertThat(run("exec", "memory:", "no-such-program-here")).isOne();
        assertThat(err.toString()).contains("no-such-program-here");
    }

    @Test
    void dumpsWithoutAnyOtherProgram() throws Exception {
        Path dump = directory.resolve("dump.sql");
        String target = "file:" + directory.resolve("data");
        assertThat(run("sql", target, "-c", "CREATE TABLE kept AS SELECT 42 AS n")).isZero();

        assertThat(run("dump", target, "-o", dump.toString())).isZero();
        assertThat(run("dump", target, "--", "--nonsense")).isOne();

        assertThat(dump).content().contains("COPY public.kept (n) FROM stdin;\n42\n");
    }

    @Test
    void aDumpMakesNoClusterAndLeavesTheFileAsItIs() throws Exception {
        Path missing = directory.resolve("missing");
        Path file = Files.writeString(directory.resolve("earlier.sql"), "an earlier dump");
        String target = "file:" + missing;

        assertThat(run("dump", target, "-o", file.toString())).isOne();
        assertThat(err.toString()).contains(missing.toString()).contains("does not exist");
        assertThat(run("dump", target, "--pg-dump", "true")).isOne();

        assertThat(file).hasContent("an earlier dump");
        assertThat(missing).doesNotExist();
    }

    @Test
    void dumpsWithTheProgramGiven() {
        assertThat(run("dump", "memory:", "--pg-dump", "true", "-o", "unused", "--progress"))
                .isZero();
        assertThat(run("dump", "memory:", "--pg-dump", "false", "--", "--schema-only")).isOne();
    }
}
