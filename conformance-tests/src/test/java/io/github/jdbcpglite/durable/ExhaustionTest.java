package io.github.jdbcpglite.durable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Memory that runs out fails the statement that asks for it, and nothing else. */
@Timeout(value = 300, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ExhaustionTest {
    private static final String MEMORY = "53200";
    private static final String SPACE = "53100";

    @ParameterizedTest
    @ValueSource(strings = {"-XX:+UseSerialGC", "-XX:+UseG1GC"})
    void aFullHeapIsAnErrorOfTheStatement(String collector) throws Exception {
        List<String> options = List.of("-XX:-UseSerialGC", collector, "-Xmx192m");
        List<String> lines = new ArrayList<>();
        try (ChildJvm child =
                ChildJvm.start(options, ExhaustionWorkload.class, "jdbc:pglite:memory:exhausted")) {
            String line;
            while ((line = child.line()) != null) {
                lines.add(line);
            }
            assertThat(child.awaitExit()).as("after %s", lines).isZero();
        }
        assertOutcomes(lines);
    }

    @Test
    void aFullClusterIsAnErrorOfTheStatement() throws Exception {
        List<String> lines = new ArrayList<>();
        new ExhaustionWorkload("jdbc:pglite:memory:limited?pglite.memory=64MB&pglite.close=last")
                .run()
                .forEach((name, outcome) -> lines.add(name + " " + outcome));
        assertOutcomes(lines);
    }

    @Test
    void aSessionThatDoesNotFitIsRefused() {
        assertThatThrownBy(() -> DriverManager.getConnection("jdbc:pglite:temp:?pglite.memory=1MB"))
                .isInstanceOfSatisfying(
                        SQLException.class,
                        refused -> assertThat(refused.getSQLState()).isEqualTo(MEMORY))
                .hasMessageContaining("pglite.memory");
    }

    @Test
    void aSessionWithoutAThreadIsRefusedAndLeavesNothing() throws Exception {
        assumeThat(ThreadlessWorkload.PRLIMIT).exists();
        // The JVM warns of threads on its standard output; C2 would want memory meanwhile.
        List<String> options = List.of("-Xmx128m", "-Xlog:disable", "-XX:TieredStopAtLevel=1");
        try (ChildJvm child = ChildJvm.start(options, ThreadlessWorkload.class)) {
            assertThat(child.line()).isEqualTo("same cluster [" + MEMORY + "]");
            assertThat(child.line()).isEqualTo("another cluster [" + MEMORY + "]");
            assertThat(child.line()).isEqualTo("sessions 2");
            assertThat(child.awaitExit()).isZero();
        }
    }

    private static void assertOutcomes(List<String> lines) {
        assertThat(lines)
                .satisfiesExactly(
                        line -> assertOutcome(line, "sort", MEMORY),
                        line -> assertOutcome(line, "value", MEMORY),
                        line -> assertOutcome(line, "array", MEMORY),
                        line -> assertOutcome(line, "spill", SPACE),
                        line -> assertOutcome(line, "table", SPACE),
                        line -> assertOutcome(line, "temporary table", SPACE),
                        line -> assertThat(line).isEqualTo("written on " + SPACE),
                        line -> assertThat(line).isEqualTo("kept " + ExhaustionWorkload.ROWS));
    }

    private static void assertOutcome(String line, String name, String state) {
        int rows = ExhaustionWorkload.ROWS;
        assertThat(line)
                .matches(
                        Pattern.quote(name)
                                + " "
                                + state
                                + (" " + rows) // the session itself
                                + (" " + rows) // the one beside it
                                + (" " + rows)); // a new one
    }
}
