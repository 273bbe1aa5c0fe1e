package io.github.jdbcpglite.conformance.isolation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.jdbcpglite.conformance.isolation.IsolationSpec.Permutation;
import org.junit.jupiter.api.Test;

final class IsolationSpecParserTest {
    private static final String SESSIONS =
            """
            -- about
            @setup
            CREATE TABLE t (i int); SELECT 1;
            @teardown
            DROP TABLE t;
            @session a
            @setup
            SET x.y = 1;
            @step a1
            SELECT 'a1';
            @step a2
            SELECT 'a2'; SELECT 'more';
            @session b
            @step b1
            SELECT 'b1';
            """;

    @Test
    void sectionsBelongToTheFileOrToTheSessionBefore() {
        IsolationSpec spec = IsolationSpecParser.parse("x", SESSIONS + "@permutation b1 a1! a2\n");
        assertThat(spec.setup()).hasSize(2);
        assertThat(spec.teardown()).hasSize(1);
        assertThat(spec.sessions().get(0).setup()).hasSize(1);
        assertThat(spec.sessions().get(1).setup()).isEmpty();
        assertThat(spec.steps())
                .hasEntrySatisfying("a2", step -> assertThat(step.statements()).hasSize(2));
        assertThat(spec.permutations())
                .extracting(Permutation::toString)
                .containsExactly("b1 a1! a2");
        assertThat(spec.permutations().get(0).line()).isEqualTo(16);
    }

    @Test
    void withoutPermutationsAllInterleavingsRun() {
        assertThat(IsolationSpecParser.parse("x", SESSIONS).permutations())
                .extracting(Permutation::toString)
                .containsExactly("a1 a2 b1", "a1 b1 a2", "b1 a1 a2");
    }

    @Test
    void mistakesAreNamed() {
        assertThatThrownBy(() -> IsolationSpecParser.parse("x", SESSIONS + "@permutation a1 c1\n"))
                .hasMessageContaining("No step c1");
        assertThatThrownBy(() -> IsolationSpecParser.parse("x", "SELECT 1;\n"))
                .hasMessageContaining("x.spec:1")
                .hasMessageContaining("before the first @section");
        assertThatThrownBy(() -> IsolationSpecParser.parse("x", SESSIONS + "@step a1\nSELECT 1;\n"))
                .hasMessageContaining("there twice");
    }
}
