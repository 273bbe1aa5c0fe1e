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

/** The program of a JVM that runs a script of {@link ChangeCase} and prints what differs. */
final class JitChanges {
    private static final long DEADLINE_NANOS = TimeUnit.MINUTES.toNanos(5);
    private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private JitChanges() {}

    /** Takes the file of recorded answers, the script's name and its seed. */
    public static void main(String[] arguments) throws IOException, SQLException {
        List<Answer> right = RecordedAnswers.read(Path.of(arguments[0])).get(0);
        ChangeCase changes = ChangeCase.of(arguments[1], Integer.parseInt(arguments[2]));
        Tally tally = new Tally();
        try (Side side = new Side("pglite", "jdbc:pglite:memory:changes/{database}")) {
            List<Answer> given = changes.run(side, JitChanges::awaitCompilers);
            for (int i = 0; i < given.size(); i++) {
                ScriptStatement statement = changes.script().statements().get(i);
                tally.compare(
                        changes.where(statement), statement.sql(), right.get(i), given.get(i));
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
