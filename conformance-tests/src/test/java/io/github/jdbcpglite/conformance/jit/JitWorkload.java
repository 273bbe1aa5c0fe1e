package io.github.jdbcpglite.conformance.jit;

import io.github.jdbcpglite.conformance.answer.Answer;
import io.github.jdbcpglite.conformance.corpus.ScriptStatement;
import io.github.jdbcpglite.conformance.server.Side;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/** The program of a stressed JVM: runs cases at random for a while and prints what differs. */
final class JitWorkload {
    /** Of a hundred cases, those written for this purpose. */
    private static final int HEAVY_PERCENT = 60;

    private final List<StressCase> cases;
    private final List<List<Answer>> recorded;
    private final Tally tally = new Tally();

    private JitWorkload(List<StressCase> cases, List<List<Answer>> recorded) {
        this.cases = cases;
        this.recorded = recorded;
    }

    /**
     * Takes the file of recorded answers, whether it is of all cases, whether this JVM is slow, for
     * how many seconds to run, and a seed.
     */
    public static void main(String[] arguments) throws IOException, SQLException {
        JitWorkload workload =
                new JitWorkload(
                        StressCase.list(Boolean.parseBoolean(arguments[1])),
                        RecordedAnswers.read(Path.of(arguments[0])));
        workload.run(
                Boolean.parseBoolean(arguments[2]),
                TimeUnit.SECONDS.toNanos(Long.parseLong(arguments[3])),
                new Random(Long.parseLong(arguments[4])));
        workload.tally.print();
    }

    private void run(boolean slow, long nanos, Random random) throws SQLException {
        long start = System.nanoTime();
        try (Side side = new Side("pglite", "jdbc:pglite:memory:stress/{database}")) {
            do {
                boolean heavy = !slow && random.nextInt(100) < HEAVY_PERCENT;
                List<StressCase> candidates =
                        cases.stream().filter(candidate -> candidate.heavy() == heavy).toList();
                if (candidates.isEmpty()) {
                    candidates = cases;
                }
                check(side, candidates.get(random.nextInt(candidates.size())));
            } while (System.nanoTime() - start < nanos);
        }
    }

    private void check(Side side, StressCase stressCase) throws SQLException {
        List<Answer> right = recorded.get(cases.indexOf(stressCase));
        List<Answer> given = stressCase.run(side);
        for (int i = 0; i < right.size(); i++) {
            ScriptStatement statement = stressCase.script().statements().get(i);
            if (statement.limit() == null) {
                tally.compare(
                        stressCase.where(statement), statement.sql(), right.get(i), given.get(i));
            }
        }
    }
}
