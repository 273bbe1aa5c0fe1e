package io.github.jdbcpglite.jdbc.internal.script;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import io.github.jdbcpglite.jdbc.internal.script.SqlScript.MalformedScriptException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SqlScriptTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "select ';'",
                "select 'it''s;'",
                "select '\\'",
                "select E'it\\'s; \\\\'",
                "select e'\\\\', 1",
                "select U&'d\\0061t;'",
                "select \";\" from t",
                "select $$;$$, $a$ $$;$$ $b$ ; $b$ $a$",
                "select a$1; b",
                "select /* ; /* ; */ ; */ 1",
                "select 1 -- ;\n+ 1",
                "create rule r as on insert to t do also (select 1; select 2)",
                "create function f() returns int begin atomic select case when true then 1 end;"
                        + " end",
                "do $ü$ begin; end $ü$",
                "select $1"
            })
    void aSemicolonInsideSomethingEndsNothing(String sql) throws MalformedScriptException {
        boolean two = sql.equals("select a$1; b");
        assertThat(SqlScript.parse(sql + ";\nselect 2;"))
                .extracting(SqlScript.Statement::sql)
                .containsExactly(
                        two
                                ? new String[] {"select a$1", "b", "select 2"}
                                : new String[] {sql, "select 2"});
    }

    @Test
    void blankSpaceAndCommentsAreNoStatements() throws MalformedScriptException {
        assertThat(SqlScript.parse("\uFEFF -- a\n;;\n/* b */ ;\n-- c")).isEmpty();
        assertThat(SqlScript.parse("-- x\n".repeat(50_000))).isEmpty();
    }

    @Test
    void statementsHaveTheLineTheyStartIn() throws MalformedScriptException {
        assertThat(SqlScript.parse("-- one\nselect 2;\r\n\r\n/* 4\n5 */ select\n6; select 7"))
                .extracting(SqlScript.Statement::line)
                .containsExactly(2, 5, 6);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "COPY t (a, b) FROM stdin;",
                "copy t from STDIN with (format csv);",
                "COPY t FROM/* here */stdin; -- the rest of the line"
            })
    void dataFollowACopyFromStdin(String copy) throws MalformedScriptException {
        for (String end : new String[] {"\n", "\r\n"}) {
            var statements =
                    SqlScript.parse(
                            copy + end + "1;" + end + "\\N" + end + "\\." + end + "select 2;");
            assertThat(statements).hasSize(2);
            assertThat(statements.get(0).copyData()).contains("1;" + end + "\\N" + end);
            assertThat(statements.get(1).sql()).isEqualTo("select 2");
        }
    }

    @Test
    void whatFollowsACopyInItsLineComesAfterItsData() throws MalformedScriptException {
        assertThat(SqlScript.parse("copy t from stdin; select 1;\n1\n\\.\nselect 2;"))
                .extracting(SqlScript.Statement::sql, SqlScript.Statement::line)
                .containsExactly(
                        tuple("copy t from stdin", 1), tuple("select 1", 1), tuple("select 2", 4));
    }

    @ParameterizedTest
    @ValueSource(strings = {"COPY t TO stdout", "COPY (SELECT 1 FROM stdin) TO '/x'", "SELECT 1"})
    void othersHaveNoData(String sql) throws MalformedScriptException {
        assertThat(SqlScript.parse(sql + ";\nselect 2"))
                .allMatch(statement -> statement.copyData().isEmpty())
                .hasSize(2);
    }

    @Test
    void commandsOfPsqlAreRefusedButThoseOfPgDump() throws MalformedScriptException {
        assertThat(SqlScript.parse("\\restrict a\nselect 1;\n\\unrestrict a\n")).hasSize(1);
        MalformedScriptException refused =
                catchThrowableOfType(
                        MalformedScriptException.class,
                        () -> SqlScript.parse("select 1;\n\\i other.sql"));
        assertThat(refused).hasMessageContaining("\\i");
        assertThat(refused.line()).isEqualTo(2);
        refused =
                catchThrowableOfType(
                        MalformedScriptException.class,
                        () -> SqlScript.parse("select 1;\nselect\n 2 \\gexec\n"));
        assertThat(refused).hasMessageContaining("\\gexec");
        assertThat(refused.line()).isEqualTo(3);
    }
}
