package io.github.jdbcpglite.jdbc.internal.script;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SqlScannerTest {
    private final SqlScanner scanner = new SqlScanner();

    private List<String> scan(String text) {
        scanner.feed(text);
        List<String> found = new ArrayList<>();
        for (SqlScanner.Token token = scanner.next(); token != null; token = scanner.next()) {
            found.add((token.command() ? "\\" : "") + token.text());
        }
        return found;
    }

    @Test
    void statementsEndAtSemicolonsAndCommandsAtLines() {
        assertThat(scan("SELECT 1; SELECT\n2 ;\\d t\n \\q\nSELECT 3\n"))
                .containsExactly("SELECT 1", "SELECT\n2", "\\d t", "\\q");
        assertThat(scanner.isEmpty()).isFalse();
        assertThat(scanner.take().text()).isEqualTo("SELECT 3");
        assertThat(scanner.isEmpty()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT 'a;\\b'",
                "SELECT 'it''s; one'",
                "SELECT E'it\\';s'",
                "SELECT \"a;b\"",
                "SELECT $$a;b$$",
                "SELECT $tag$ $$ ; $tag$",
                "SELECT /* ; /* ; */ ; */ 1",
                "SELECT 1 -- ; \\d\n+ 1",
                "CREATE RULE r AS ON INSERT TO t DO (SELECT 1; SELECT 2)",
                "CREATE FUNCTION f() RETURNS int BEGIN ATOMIC SELECT CASE WHEN true THEN 1 END;"
                        + " SELECT 2; END",
                "CREATE OR REPLACE PROCEDURE p() BEGIN ATOMIC SELECT 1; END"
            })
    void quotedSemicolonsEndNothing(String sql) {
        assertThat(scan(sql + ";\n")).containsExactly(sql);
        assertThat(scanner.isEmpty()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "SELECT 1,    -",
                "SELECT 'a,   '",
                "SELECT \"a,  \"",
                "SELECT $a$b, $",
                "SELECT (1,   (",
                "/* a,        *",
                "` -- a`,     ="
            })
    void thePromptTellsWhatIsOpen(String sql, char open) {
        assertThat(scan(sql.replace(",", "") + "\n")).isEmpty();
        assertThat(scanner.prompt()).isEqualTo(open);
        assertThat(scanner.copy().pending()).isEqualTo(scanner.pending());
    }

    @Test
    void textThatComesInPiecesIsReadAsOne() {
        String sql = "SELECT 'a;b', $x$c;d$x$ /* ; */;\n";
        List<String> found = new ArrayList<>();
        for (String line : sql.replace(" ", " \n").split("(?<=\n)", -1)) {
            found.addAll(scan(line));
        }
        assertThat(found).containsExactly("SELECT \n'a;b', \n$x$c;d$x$ \n/* \n; \n*/");
    }

    @Test
    void theEndOfAStatementIsThatOfItsText() {
        assertThat(SqlScanner.end("x; select ';' \\ 1; y", 2)).isEqualTo(17);
        assertThat(SqlScanner.end("select 'x;", 0)).isEqualTo(10);
    }

    @Test
    void aStatementKnowsItsLineAndTheCommentsBeforeIt() {
        scanner.feed("\n-- one\n SELECT\n1;\n/* two */ SELECT 2;;\n\\q\n");
        SqlScanner.Token one = Objects.requireNonNull(scanner.next());
        assertThat(one.line()).isEqualTo(3);
        assertThat(one.text()).isEqualTo("-- one\n SELECT\n1");
        assertThat(one.content()).isEqualTo("SELECT\n1");
        SqlScanner.Token two = Objects.requireNonNull(scanner.next());
        assertThat(two.line()).isEqualTo(5);
        assertThat(two.content()).isEqualTo("SELECT 2");
        assertThat(Objects.requireNonNull(scanner.next()).content()).isEmpty();
        SqlScanner.Token command = Objects.requireNonNull(scanner.next());
        assertThat(command.line()).isEqualTo(6);
        assertThat(command.text()).isEqualTo("q");
    }

    @Test
    void wordsAreThoseOutsideOfQuotesAndParentheses() {
        scanner.feed("copy (SELECT 'x' FROM stdin) /* no */ TO stdout;\n");
        SqlScanner.Token token = Objects.requireNonNull(scanner.next());
        assertThat(token.words()).containsExactly("COPY", "TO", "STDOUT");
        assertThat(token.isCopyToStdout()).isTrue();
        assertThat(token.isCopyFromStdin()).isFalse();
    }
}
