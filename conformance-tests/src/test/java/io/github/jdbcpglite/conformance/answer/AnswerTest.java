package io.github.jdbcpglite.conformance.answer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

final class AnswerTest {

    @Test
    void rulesReplaceWhatTheyNameAndNothingElse() {
        Answer answer = new Answer(List.of("row Process 4711 in pid 12, 16384 at 0/16B3748"));
        assertThat(answer.normalised(List.of(NormaliseRule.PID)).lines())
                .containsExactly("row Process <pid> in pid <pid>, 16384 at 0/16B3748");
        assertThat(answer.normalised(List.of(NormaliseRule.LSN)).lines())
                .containsExactly("row Process 4711 in pid 12, 16384 at <lsn>");
        assertThat(answer.normalised(List.of())).isSameAs(answer);
    }

    @Test
    void planCostsAndTimesGoAndThePlanStays() {
        Answer plan =
                new Answer(
                        List.of(
                                "row Seq Scan on t  (cost=0.00..1.01 rows=1 width=4)"
                                        + " (actual time=0.010..0.012 rows=1.00 loops=1)"));
        assertThat(
                        plan.normalised(List.of(NormaliseRule.PLAN_COST, NormaliseRule.PLAN_TIME))
                                .lines())
                .containsExactly("row Seq Scan on t (actual time=<time> rows=1.00 loops=1)");
    }

    @Test
    void libmDropsOnlyTheLastDigitsOfLongFractions() {
        assertThat(
                        new Answer(List.of("row 3.0000000000000004 | 1.7724538509055159 | 2.25"))
                                .normalised(List.of(NormaliseRule.LIBM))
                                .lines())
                .containsExactly("row 3 | 1.7724538509055 | 2.25");
        assertThat(
                        new Answer(List.of("row 3.0000000000010"))
                                .normalised(List.of(NormaliseRule.LIBM))
                                .lines())
                .containsExactly("row 3.000000000001");
    }

    @Test
    void unorderedSortsRowsOnly() {
        Answer first = new Answer(List.of("columns a", "row 2", "row 1", "NOTICE b", "NOTICE a"));
        Answer second = new Answer(List.of("columns a", "row 1", "row 2", "NOTICE b", "NOTICE a"));
        Answer third = new Answer(List.of("columns a", "row 1", "row 2", "NOTICE a", "NOTICE b"));
        assertThat(first).isNotEqualTo(second);
        assertThat(first.unordered()).isEqualTo(second.unordered());
        assertThat(first.unordered()).isNotEqualTo(third.unordered());
    }

    @Test
    void unknownRulesAreRefusedWithTheListOfRules() {
        assertThat(NormaliseRule.of("plan-cost")).isEqualTo(NormaliseRule.PLAN_COST);
        assertThatThrownBy(() -> NormaliseRule.of("plan_cost"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("plan-cost");
    }
}
