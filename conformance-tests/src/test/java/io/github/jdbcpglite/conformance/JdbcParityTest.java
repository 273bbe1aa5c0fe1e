package io.github.jdbcpglite.conformance;

import io.github.jdbcpglite.conformance.jdbc.ParityRun;
import io.github.jdbcpglite.conformance.server.QueryMode;
import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtendWith;

/** Makes the same JDBC calls on both sides, in every query mode, and compares what they give. */
@ExtendWith(ConformanceExtension.class)
final class JdbcParityTest {

    @TestFactory
    Stream<DynamicTest> everyCallIsPgjdbcs(Conformance conformance) {
        return ParityRun.groups().stream()
                .flatMap(
                        group ->
                                ParityRun.modes(group, modes()).stream()
                                        .map(
                                                mode ->
                                                        DynamicTest.dynamicTest(
                                                                group + " " + mode.label(),
                                                                () ->
                                                                        check(
                                                                                conformance,
                                                                                group,
                                                                                mode))));
    }

    private static List<QueryMode> modes() {
        return Conformance.modes("conformance.jdbc.modes", "simple,extended,binary");
    }

    private static void check(Conformance conformance, String group, QueryMode mode)
            throws SQLException, IOException {
        ParityRun run = new ParityRun(conformance.expected(), conformance.actual(), group, mode);
        run.compare();
        conformance.report().add("jdbc", run.calls(), run.calls(), run.differences());
        Verdict verdict = new Verdict(conformance);
        verdict.differences(run.differences());
        for (List<String> placeAndLimit : run.limits()) {
            verdict.limit(placeAndLimit.get(1), placeAndLimit.get(0), run.differences());
        }
        verdict.check();
    }
}
