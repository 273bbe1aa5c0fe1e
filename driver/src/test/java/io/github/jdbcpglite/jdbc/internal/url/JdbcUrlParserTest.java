package io.github.jdbcpglite.jdbc.internal.url;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JdbcUrlParserTest {
    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            textBlock =
                    """
                    jdbc:pglite:                      | '' | -
                    jdbc:pglite:memory:               | '' | -
                    jdbc:pglite:memory://             | '' | -
                    jdbc:pglite:memory:///            | '' | -
                    jdbc:pglite:memory:///app         | '' | app
                    jdbc:pglite:memory:/app           | '' | app
                    jdbc:pglite:memory:x              | x  | -
                    jdbc:pglite:memory://x            | x  | -
                    jdbc:pglite:memory://x/           | x  | -
                    jdbc:pglite:memory:x?a=b          | x  | -
                    jdbc:pglite:memory:x/app          | x  | app
                    jdbc:pglite:memory://x/app?a=b    | x  | app
                    jdbc:pglite:memory:a%20b/c%2Fd    | a b | c/d
                    jdbc:pglite:memory:a+b            | a+b | -
                    jdbc:pglite:memory:%C3%A9         | é  | -
                    jdbc:pglite:memory:X              | X  | -
                    """,
            delimiter = '|')
    void memory(String url, String name, String database) throws SQLException {
        JdbcUrl parsed = JdbcUrlParser.parse(url);
        assertThat(parsed.target()).isEqualTo(new Target.Memory(name));
        assertThat(parsed.database()).isEqualTo(Optional.ofNullable(database));
    }

    @ParameterizedTest
    @CsvSource({
        "jdbc:pglite:file:data/db, data/db",
        "jdbc:pglite:file:data/db/, data/db",
        "jdbc:pglite:file://data/db, data/db",
        "jdbc:pglite:file:/data/db, /data/db",
        "jdbc:pglite:file:///data/db, /data/db",
        "jdbc:pglite:file:///data/a%20b, /data/a b",
        "jdbc:pglite:file:/a+b, /a+b",
        "jdbc:pglite:./db, ./db",
        "jdbc:pglite:../db, ../db",
        "jdbc:pglite:/data/db?user=x, /data/db",
        "jdbc:pglite:., .",
        "jdbc:pglite:..\\db, ..\\db",
        "jdbc:pglite:C:/db, C:/db",
        "jdbc:pglite:file:mydb, mydb",
        "jdbc:pglite:file:memory, memory",
        "jdbc:pglite:file:///C:/db, C:/db"
    })
    void directories(String url, String path) throws SQLException {
        JdbcUrl parsed = JdbcUrlParser.parse(url);
        assertThat(parsed.target()).isEqualTo(new Target.Directory(Path.of(path)));
        assertThat(parsed.database()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"jdbc:pglite:~/app/db", "jdbc:pglite:file:~/app/db"})
    void aTildeIsTheUsersHome(String url) throws SQLException {
        assertThat(JdbcUrlParser.parse(url).target())
                .isEqualTo(
                        new Target.Directory(Path.of(System.getProperty("user.home"), "app/db")));
    }

    @Test
    void aTildeElsewhereIsATilde() throws SQLException {
        assertThat(JdbcUrlParser.parse("jdbc:pglite:./~/db").target())
                .isEqualTo(new Target.Directory(Path.of("./~/db")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jdbc:pglite:./data;MODE=PostgreSQL",
                "jdbc:pglite:file:data;DB_CLOSE_DELAY=-1"
            })
    void aParameterAfterASemicolonIsRefusedInAPathToo(String url) {
        assertThatExceptionOfType(SQLException.class)
                .isThrownBy(() -> JdbcUrlParser.parse(url))
                .withMessageContaining("follow a ?");
    }

    @Test
    void temporary() throws SQLException {
        assertThat(JdbcUrlParser.parse("jdbc:pglite:temp:").target())
                .isEqualTo(new Target.Temporary());
        assertThat(JdbcUrlParser.parse("jdbc:pglite:temp:/app").database()).contains("app");
    }

    @Test
    void parametersAreDecodedAndKeepTheirOrder() throws SQLException {
        JdbcUrl parsed =
                JdbcUrlParser.parse(
                        "jdbc:pglite:?options=-c%20work_mem%3D8MB&ApplicationName=a+b%2B&x=&y=a=b");
        assertThat(parsed.parameters())
                .containsExactly(
                        Map.entry("options", "-c work_mem=8MB"),
                        Map.entry("ApplicationName", "a b+"),
                        Map.entry("x", ""),
                        Map.entry("y", "a=b"));
        assertThat(JdbcUrlParser.parse("jdbc:pglite:?").parameters()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "jdbc:pglite:./x?user=u&password=secret, jdbc:pglite:./x?user=u",
        "jdbc:pglite:./x?password=secret&user=u, jdbc:pglite:./x?user=u",
        "jdbc:pglite:./x?pass%77ord=secret, jdbc:pglite:./x",
        "jdbc:pglite:./x?user=u, jdbc:pglite:./x?user=u"
    })
    void theShownTextHasNoPassword(String url, String shown) throws SQLException {
        assertThat(JdbcUrlParser.parse(url).text()).isEqualTo(shown);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    jdbc:pglite:nonsense://x             | unknown target "nonsense://x"
                    jdbc:pglite::memory:                 | unknown target ":memory:"
                    jdbc:pglite:jdbc:postgresql://h/d    | unknown target
                    jdbc:pglite://localhost:5432/db      | has no host
                    jdbc:pglite:memory:a/b/c             | "b/c" is no database
                    jdbc:pglite:memory:x;DB_CLOSE_DELAY=1 | not by ;
                    jdbc:pglite:memory:a%00              | control character
                    jdbc:pglite:temp:x                   | has no name
                    jdbc:pglite:file:                    | needs a directory
                    jdbc:pglite:file://                  | needs a directory
                    jdbc:pglite:./backup.zip             | not supported yet
                    jdbc:pglite:file:/data/B.ZIP         | not supported yet
                    jdbc:pglite:?a=1&a=2                 | parameter "a" is given more than once
                    jdbc:pglite:?a=1&%61=2               | parameter "a" is given more than once
                    jdbc:pglite:?=1                      | has no key
                    jdbc:pglite:?a=1&&b=2                | has no key
                    jdbc:pglite:?a                       | parameter "a" has no value
                    jdbc:pglite:?a=%zz                   | hexadecimal
                    jdbc:pglite:?a=%4                    | hexadecimal
                    jdbc:pglite:?a=%FF                   | hexadecimal
                    jdbc:pglite:./100%                   | hexadecimal
                    """)
    void whatCannotBeConnectedIsNamed(String url, String message) {
        assertThatExceptionOfType(SQLException.class)
                .isThrownBy(() -> JdbcUrlParser.parse(url))
                .withMessageContaining(message)
                .satisfies(e -> assertThat(e.getSQLState()).isEqualTo("08001"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    jdbc:pglite:memory             | did you mean jdbc:pglite:memory:?
                    jdbc:pglite:memory?user=u      | did you mean jdbc:pglite:memory:?
                    jdbc:pglite:Memory:x           | did you mean jdbc:pglite:memory:x?
                    jdbc:pglite:mem:x              | did you mean jdbc:pglite:memory:x?
                    jdbc:pglite:memory/x           | did you mean jdbc:pglite:memory:x?
                    jdbc:pglite:memory//x          | did you mean jdbc:pglite:memory:x?
                    jdbc:pglite::memory:           | did you mean jdbc:pglite:memory:?
                    jdbc:pglite::memory:x          | did you mean jdbc:pglite:memory:x?
                    jdbc:pglite:temp               | did you mean jdbc:pglite:temp:?
                    jdbc:pglite:tmp:               | did you mean jdbc:pglite:temp:?
                    jdbc:pglite:file/data          | did you mean jdbc:pglite:file:data?
                    jdbc:pglite:file               | did you mean jdbc:pglite:file:data/mydb?
                    jdbc:pglite:FILE:/data         | did you mean jdbc:pglite:file:/data?
                    jdbc:pglite:d2                 | memory:d2 in memory, or ./d2 in a directory
                    jdbc:pglite:data/db            | ./data/db in a directory
                    jdbc:pglite:.data              | ./.data in a directory
                    jdbc:pglite                    | starts with jdbc:pglite:
                    jdbc:pglite/memory             | starts with jdbc:pglite:
                    jdbc:pglite//x                 | starts with jdbc:pglite:
                    JDBC:PGLITE:memory:            | starts with jdbc:pglite:
                    """)
    void whatLacksAColonOrASlashIsRefusedWithTheNearestForm(String url, String message) {
        assertThat(JdbcUrlParser.accepts(url)).isTrue();
        assertThatExceptionOfType(SQLException.class)
                .isThrownBy(() -> JdbcUrlParser.parse(url))
                .withMessageContaining(message)
                .satisfies(e -> assertThat(e.getSQLState()).isEqualTo("08001"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"jdbc:pglited:x", "jdbc:postgresql:x", "jdbc:pglite2", ""})
    void othersUrlsAreNotAccepted(String url) {
        assertThat(JdbcUrlParser.accepts(url)).isFalse();
    }

    @Test
    void aBadCodingDoesNotShowAPassword() {
        assertThatExceptionOfType(SQLException.class)
                .isThrownBy(() -> JdbcUrlParser.parse("jdbc:pglite:?password=sec%ret"))
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("sec"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "memory:",
                "memory:x",
                "memory:a b%2Fc?d;é",
                "temp:",
                "file:data/db",
                "file:/data/a b%c"
            })
    void theNormalFormMeansTheSame(String raw) throws SQLException {
        Target target =
                raw.startsWith("memory:")
                        ? new Target.Memory(raw.substring(7).replace(";", ""))
                        : raw.startsWith("file:")
                                ? new Target.Directory(Path.of(raw.substring(5)))
                                : new Target.Temporary();
        assertThat(JdbcUrlParser.parseTarget(target.text()).target()).isEqualTo(target);
    }
}
