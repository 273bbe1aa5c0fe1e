package io.github.jdbcpglite.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Recursion that uses up Java's stack before the guest's is an error, not the end of a session. */
class RecursionTest extends AbstractScenarioTest {
    private Session a;

    @BeforeEach
    void openSession() throws SQLException {
        a = session();
    }

    @Test
    void endlessSqlFunction() throws SQLException {
        a.run("create function f(int) returns int language sql as 'select f($1 + 1) + 1'");
        refuses("54001", "select f(1)");
    }

    @Test
    void longExpression() throws SQLException {
        refuses("54001", "select 1" + " + 1".repeat(100_000));
    }

    @Test
    void nestedRegularExpression() throws SQLException {
        String regex = "(".repeat(100_000) + "x" + ")".repeat(100_000);
        refuses("2201B", "select 'x' ~ '" + regex + "'");
    }

    /** The session goes on, and with the limit it had: twice the same answer. */
    private void refuses(String state, String sql) throws SQLException {
        for (int i = 0; i < 2; i++) {
            assertState(state, () -> a.run(sql));
            assertThat(a.value("select length(repeat('x', 10))")).isEqualTo("10");
            assertThat(a.value("show max_stack_depth")).isEqualTo("2MB");
        }
        a.run("set max_stack_depth = '1MB'");
        assertThat(a.value("show max_stack_depth")).isEqualTo("1MB");
    }
}
