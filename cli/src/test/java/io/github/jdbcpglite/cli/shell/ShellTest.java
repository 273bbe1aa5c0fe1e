package io.github.jdbcpglite.cli.shell;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The shell as a script sees it. */
class ShellTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir Path directory;
    private Shell shell;

    @BeforeEach
    void open() throws SQLException {
        shell =
                Shell.open(
                        "jdbc:pglite:temp:",
                        new PrintWriter(out, true),
                        new PrintWriter(err, true),
                        InputStream.nullInputStream());
    }

    @AfterEach
    void close() throws SQLException {
        shell.close();
    }

    private int run(String script) {
        return shell.runScript(new ByteArrayInputStream(script.getBytes(UTF_8)));
    }

    @Test
    void errorEndsScriptWithThreeAndShowsThePlace() {
        assertThat(run("SELECT 1;\nSELECT\n  nonsense;\nSELECT 2;")).isEqualTo(3);
        assertThat(err.toString())
                .isEqualToNormalizingNewlines(
                        """
                        <stdin>:3: ERROR:  column "nonsense" does not exist
                        LINE 2:   nonsense
                                  ^
                        """);
        assertThat(out.toString()).contains("1").doesNotContain("2");
    }

    @Test
    void scriptGoesOnIfErrorsAreNotToStopIt() {
        assertThat(run("\\set ON_ERROR_STOP off\nSELECT 1/0;\n\\nonsense\nSELECT 'on';\n"))
                .isZero();
        assertThat(out.toString()).contains("on");
        assertThat(err.toString()).contains("division by zero", "invalid command \\nonsense");
    }

    @Test
    void eachStatementOfScriptIsTransactionOfItsOwn() {
        assertThat(run("CREATE TABLE t (n int);\nVACUUM t;\nCREATE DATABASE other;\nSELECT 1/0"))
                .isEqualTo(3);
        assertThat(run("TABLE t;\n\\c other\nSELECT current_database()")).isEqualTo(3);
        assertThat(err.toString()).contains("temp: belongs to one connection");
    }

    @Test
    void commandIsOneTransaction() {
        assertThat(shell.runCommand("CREATE TABLE t (n int); SELECT 1/0")).isEqualTo(1);
        assertThat(shell.runCommand("TABLE t")).isEqualTo(1);
        assertThat(err.toString()).contains("relation \"t\" does not exist");
    }

    @Test
    void connectionThatIsLostIsTwo() {
        assertThat(run("SELECT pg_terminate_backend(pg_backend_pid());\nSELECT 1;")).isEqualTo(2);
        assertThat(err.toString()).contains("The connection to the database was lost.");
    }

    @Test
    void missingFileIsOneAndOneOfScriptIsThree() {
        assertThat(shell.runFile(directory.resolve("none.sql"))).isEqualTo(1);
        assertThat(run("\\i none.sql")).isEqualTo(3);
        assertThat(err.toString()).contains("none.sql: no such file or directory");
    }

    @Test
    void copiesDataOfTheScript() {
        assertThat(
                        run(
                                "CREATE TABLE t (a int, b text);\nCOPY t FROM stdin;\n1\tone\r\n"
                                                .replace("\r", "\\r")
                                        + "2\t\\N\n\\.\n"
                                        + "\\copy t FROM stdin CSV\n3,\"x;\n\\q\"\n\\.\n"
                                        + "COPY (SELECT * FROM t ORDER BY a) TO stdout;\n"))
                .isZero();
        assertThat(out.toString())
                .isEqualToNormalizingNewlines("1\tone\\r\n2\t\\N\n3\tx;\\n\\\\q\n");
    }

    @Test
    void copiesFromAndToFiles() throws Exception {
        Path file = directory.resolve("it's.csv");
        String quoted = "'" + file.toString().replace("'", "''") + "'";
        run("CREATE TABLE t (a int, b text); INSERT INTO t VALUES (1, 'ä'), (2, NULL);");
        assertThat(run("\\copy (SELECT * FROM t) to " + quoted + " WITH (FORMAT csv, HEADER)"))
                .isZero();
        assertThat(file).content().isEqualTo("a,b\n1,ä\n2,\n");
        assertThat(run("\\copy t from " + quoted + " CSV HEADER\nSELECT count(*) FROM t;"))
                .isZero();
        assertThat(out.toString()).contains("4");
        assertThat(run("\\copy t from nowhere.csv")).isEqualTo(3);
        assertThat(err.toString()).contains("nowhere.csv: no such file or directory");
    }

    @Test
    void copyThatFailsCopiesNothingAndLeavesTheConnection() {
        run("CREATE TABLE t (a int);\n\\set ON_ERROR_STOP off\nCOPY t FROM stdin;\n1\nx\n\\.\n");
        assertThat(err.toString()).contains("invalid input syntax for type integer: \"x\"");
        assertThat(run("SELECT 'rows: ' || count(*) FROM t;")).isZero();
        assertThat(out.toString()).contains("rows: 0");
    }

    @Test
    void showsNoticesAndNotifications() {
        run("DO $$BEGIN RAISE NOTICE 'hello'; RAISE WARNING 'careful' USING HINT = 'slow'; END$$;");
        assertThat(err.toString()).contains("NOTICE:  hello", "WARNING:  careful", "HINT:  slow");
        run("LISTEN news;\nNOTIFY news, 'read all';");
        assertThat(out.toString())
                .containsPattern(
                        "Asynchronous notification \"news\" with payload \"read all\" received"
                                + " from server process with PID \\d+\\.");
    }

    @Test
    void sendsRowsToFile() throws Exception {
        Path file = directory.resolve("rows.txt");
        assertThat(run("\\o " + file + "\nSELECT 'there';\n\\o\nSELECT 'here';")).isZero();
        assertThat(file).content().contains("there").doesNotContain("here'");
        assertThat(out.toString()).contains("here").doesNotContain("there");
    }

    @Test
    void runsFilesBesideTheOneThatRuns() throws Exception {
        Files.writeString(directory.resolve("inner.sql"), "SELECT 'inner';");
        Path outer = directory.resolve("outer.sql");
        Files.writeString(outer, "\\ir inner.sql\nSELECT 'outer';");
        assertThat(shell.runFile(outer)).isZero();
        assertThat(out.toString()).containsSubsequence("inner", "outer");
        Files.writeString(outer, "\\ir outer.sql\n");
        assertThat(shell.runFile(outer)).isEqualTo(3);
        assertThat(err.toString()).contains("call each other too deep");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "d",
                "dS+",
                "dt",
                "dt+",
                "dtS+",
                "di+",
                "dv",
                "dm",
                "ds+",
                "dE",
                "df+",
                "dfS",
                "dT+",
                "dTS",
                "dD",
                "dn+",
                "dnS",
                "du+",
                "dg",
                "l+",
                "dx",
                "dp",
                "z",
                "dtvi *.*",
                "df pg_*.a*",
                "l post*",
                "dx plpg?ql",
                "conninfo",
                "p",
                "r",
                "errverbose",
                "?",
                "pset",
                "timing"
            })
    void listsAnswer(String command) {
        assertThat(run("\\" + command + "\n")).as("%s", err).isZero();
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void describesTable() {
        run(
                "CREATE TABLE parent (id int PRIMARY KEY, \"Mixed\" text NOT NULL DEFAULT 'x');"
                        + "CREATE TABLE child (p int REFERENCES parent CHECK (p > 0));"
                        + "CREATE VIEW v AS SELECT id FROM parent; CREATE SEQUENCE s;");
        assertThat(run("\\d parent\n\\d child\n\\d+ v\n\\d s\n\\d PAR*\n\\d public.\"parent\"\n"))
                .isZero();
        assertThat(out.toString())
                .contains(
                        "Table \"public.parent\"",
                        "not null | 'x'::text",
                        "\"parent_pkey\" PRIMARY KEY, btree (id)",
                        "TABLE \"child\" CONSTRAINT \"child_p_fkey\" FOREIGN KEY (p)",
                        "\"child_p_check\" CHECK (p > 0)",
                        "View definition:",
                        "Sequence \"public.s\"");
        assertThat(run("\\d \"PARENT\"")).isEqualTo(3);
        assertThat(err.toString()).contains("Did not find any relation named \"\"PARENT\"\".");
    }

    @Test
    void printsExpandedAndTimes() {
        assertThat(run("\\timing on\n\\x\nSELECT 1 AS a, E'x\\ny' AS longer;\n")).isZero();
        assertThat(out.toString())
                .containsPattern(
                        "-\\[ RECORD 1 ]-\\R"
                                + "a {6}\\| 1\\R"
                                + "longer \\| x\\+\\R"
                                + " {7}\\| y\\R"
                                + "Time: \\d+\\.\\d{3} ms");
    }

    @Test
    void expandsOneStatement() {
        assertThat(run("SELECT 1 AS a \\gx\nSELECT 2 AS b \\g\n")).isZero();
        assertThat(out.toString()).contains("-[ RECORD 1 ]-", " b\n");
    }

    @Test
    void printsJson() {
        shell.format(RowFormat.json, "");
        run(
                "SELECT 1 AS n, 'a\"b\n\t' AS t, NULL AS x, true AS b, 'NaN'::float8 AS f,"
                        + " '{\"k\": [1]}'::jsonb AS j, 2 AS n; SELECT 1 WHERE false;");
        assertThat(out.toString())
                .isEqualToNormalizingNewlines(
                        "[\n  {\"n\": 1, \"t\": \"a\\\"b\\n\\t\", \"x\": null, \"b\": true,"
                                + " \"f\": \"NaN\", \"j\": {\"k\": [1]}, \"n_2\": 2}\n]\n[]\n");
    }

    @Test
    void printsMarkdown() {
        shell.format(RowFormat.markdown, "-");
        run("SELECT 1 AS n, E'a|b\\nc' AS t, NULL AS x;");
        assertThat(out.toString())
                .isEqualToNormalizingNewlines(
                        "| n | t | x |\n| ---: | --- | --- |\n| 1 | a\\|b<br>c | - |\n");
    }

    @Test
    void alignsWideCharactersLineBreaksAndNulls() {
        shell.format(RowFormat.aligned, "(null)");
        run("SELECT '日本' AS t, NULL AS x, 7 AS number UNION ALL SELECT E'a\\n\\x1b', 'y', 12;");
        assertThat(out.toString())
                .isEqualToNormalizingNewlines(
                        """
                         t    | x      | number
                        ------+--------+--------
                         日本 | (null) |      7
                         a   +| y      |     12
                         \\x1b |        |
                        (2 rows)
                        """);
    }

    @Test
    void csvTellsEmptyTextFromNull() {
        shell.format(RowFormat.csv, "");
        run("SELECT '' AS a, NULL AS b, 'x,\"y\"' AS c;");
        assertThat(out.toString()).isEqualToNormalizingNewlines("a,b,c\n\"\",,\"x,\"\"y\"\"\"\n");
    }
}
