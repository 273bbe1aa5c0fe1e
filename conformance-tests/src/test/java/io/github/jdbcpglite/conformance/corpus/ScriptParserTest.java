package io.github.jdbcpglite.conformance.corpus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.jdbcpglite.conformance.answer.NormaliseRule;
import io.github.jdbcpglite.conformance.server.QueryMode;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ScriptParserTest {

    private static List<String> split(String text) {
        return ScriptParser.parse("area", "file", text).statements().stream()
                .map(ScriptStatement::sql)
                .toList();
    }

    @Test
    void semicolonsInQuotesAndCommentsDoNotEndAStatement() {
        assertThat(
                        split(
                                "SELECT ';', \";\" /* ; /* ; */ ; */ -- ;\n"
                                        + ", $$;$$, $a$ $$;$$ $a$; SELECT 2;"))
                .containsExactly(
                        "SELECT ';', \";\" /* ; /* ; */ ; */ -- ;\n, $$;$$, $a$ $$;$$ $a$",
                        "SELECT 2");
    }

    @Test
    void backslashesEscapeOnlyInEscapeStrings() {
        assertThat(split("SELECT 'a\\'; SELECT E'a\\';'; SELECT e'\\\\';"))
                .containsExactly("SELECT 'a\\'", "SELECT E'a\\';'", "SELECT e'\\\\'");
    }

    @Test
    void aDollarThatOpensNoStringIsSkipped() {
        assertThat(split("SELECT $1; SELECT a$b;")).containsExactly("SELECT $1", "SELECT a$b");
    }

    @Test
    void parenthesesAndFunctionBodiesKeepTheirSemicolons() {
        String rule = "CREATE RULE r AS ON INSERT TO t DO (SELECT 1; SELECT 2)";
        String function =
                "CREATE FUNCTION f() RETURNS int BEGIN ATOMIC SELECT CASE WHEN true THEN 1 END;"
                        + " SELECT 2; END";
        assertThat(split(rule + ";" + function + "; BEGIN; END;"))
                .containsExactly(rule, function, "BEGIN", "END");
    }

    @Test
    void copyTakesTheLinesUpToTheBackslashDot() {
        Script script =
                ScriptParser.parse("a", "f", "COPY t FROM STDIN;\n1\tx;\n2\\.\n\\.\nSELECT 1;\n");
        assertThat(script.statements()).hasSize(2);
        assertThat(script.statements().get(0).copyData()).isEqualTo("1\tx;\n2\\.\n");
        assertThat(script.statements().get(1).line()).isEqualTo(5);
    }

    @Test
    void directivesApplyToTheNextStatementOnly() {
        Script script =
                ScriptParser.parse(
                        "a",
                        "f",
                        """
                        -- @modes simple
                        -- @unordered
                        -- @normalise pid plan-cost
                        -- @limit some-id
                        SELECT 1;
                        SELECT 2;
                        """);
        assertThat(script.modes()).containsExactly(QueryMode.SIMPLE);
        ScriptStatement first = script.statements().get(0);
        assertThat(first.unordered()).isTrue();
        assertThat(first.rules()).containsExactly(NormaliseRule.PID, NormaliseRule.PLAN_COST);
        assertThat(first.limit()).isEqualTo("some-id");
        assertThat(first.line()).isEqualTo(5);
        ScriptStatement second = script.statements().get(1);
        assertThat(second.unordered()).isFalse();
        assertThat(second.rules()).isEmpty();
        assertThat(second.limit()).isNull();
    }

    @Test
    void mistakesNameFileAndLine() {
        assertThatThrownBy(() -> split("SELECT 1;\n-- @unknown\nSELECT 2;"))
                .hasMessageContaining("area/file.sql:2")
                .hasMessageContaining("@unknown");
        assertThatThrownBy(() -> split("SELECT 1;\nSELECT 2"))
                .hasMessageContaining("area/file.sql:2")
                .hasMessageContaining("No semicolon");
        assertThatThrownBy(() -> split("COPY t FROM STDIN;\n1\n"))
                .hasMessageContaining("No line \\.");
        assertThatThrownBy(() -> split("-- @normalise nothing\nSELECT 1;"))
                .hasMessageContaining("No normalisation rule nothing");
    }
}
