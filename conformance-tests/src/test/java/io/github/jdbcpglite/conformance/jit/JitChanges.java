package io.github.jdbcpglite.conformance.jit;

import io.github.jdbcpglite.conformance.answer.Answer;
import io.github.jdbcpglite.conformance.corpus.ScriptStatement;
import io.github.jdbcpglite.conformance.server.Side;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import javax.management.JMException;
import javax.management.ObjectName;

/** The program of a JVM that runs scripts of {@link ChangeCase} and prints what differs. */
final class JitChanges {
    private static final long DEADLINE_NANOS = TimeUnit.MINUTES.toNanos(5);
    private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private JitChanges() {}

    /** Takes the file of recorded answers, a seed, and the scripts' names. */
    public static void main(String[] arguments) throws IOException, SQLException {
        List<List<Answer>> recorded = RecordedAnswers.read(Path.of(arguments[0]));
        int seed = Integer.parseInt(arguments[1]);
        List<String> names = List.of(arguments).subList(2, arguments.length);
        Tally tally = new Tally();
        try (Side side = new Side("pglite", "jdbc:pglite:memory:changes/{database}")) {
            for (int i = 0; i < names.size(); i++) {
                ChangeCase changes = ChangeCase.of(names.get(i), seed);
                List<Answer> given = changes.run(side, JitChanges::awaitCompilers);
                for (int j = 0; j < given.size(); j++) {
                    ScriptStatement statement = changes.script().statements().get(j);
                    tally.compare(
                            changes.where(statement),
                            statement.sql(),
                            recorded.get(i).get(j),
                            given.get(j));
                }
            }
        }
        tally.print();
    }

    /** Waits until HotSpot compiles nothing and nothing waits for it. */
    private static void awaitCompilers() {
        long start = System.nanoTime();
        while (queue().contains("::")) {
            if (System.nanoTime() - start > DEADLINE_NANOS) {
                throw new IllegalStateException("still compiling: " + queue());
            }
            LockSupport.parkNanos(POLL_NANOS);
        }
    }

    /** Returns the methods that are compiled or wait for it, among titles. */
    private static String queue() {
        try {
            return (String)
                    ManagementFactory.getPlatformMBeanServer()
                            .invoke(
                                    new ObjectName("com.sun.management:type=DiagnosticCommand"),
                                    "compilerQueue",
                                    new Object[0],
                                    new String[0]);
        } catch (JMException e) {
            throw new IllegalStateException("this JVM does not tell what it compiles", e);
        }
    }
}
