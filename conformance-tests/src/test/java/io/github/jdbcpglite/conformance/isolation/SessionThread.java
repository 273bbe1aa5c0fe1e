package io.github.jdbcpglite.conformance.isolation;

import io.github.jdbcpglite.conformance.answer.AnswerReader;
import io.github.jdbcpglite.conformance.corpus.ScriptStatement;
import io.github.jdbcpglite.conformance.server.QueryMode;
import io.github.jdbcpglite.conformance.server.Side;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;

/** One session of a multi-session script: a connection and the only thread that uses it. */
final class SessionThread implements AutoCloseable {
    private static final int END_SECONDS = 20;

    private final Connection connection;
    private final int pid;
    private final ExecutorService executor;

    SessionThread(Side side, String database, String name) throws SQLException {
        connection = side.connect(database, QueryMode.SIMPLE);
        pid = connection.unwrap(PGConnection.class).getBackendPID();
        executor = Executors.newSingleThreadExecutor(task -> new Thread(task, "session-" + name));
    }

    int pid() {
        return pid;
    }

    /** Starts the statements and returns their answers to come; an error ends the step. */
    Future<List<String>> start(List<ScriptStatement> statements) {
        return executor.submit(() -> run(statements));
    }

    private List<String> run(List<ScriptStatement> statements) throws SQLException {
        List<String> lines = new ArrayList<>();
        for (ScriptStatement statement : statements) {
            List<String> answer =
                    statement
                            .comparable(
                                    AnswerReader.execute(
                                            connection, statement.sql(), statement.copyData()))
                            .lines();
            lines.addAll(answer);
            if (answer.stream().anyMatch(line -> line.startsWith("ERROR"))) {
                break;
            }
        }
        if (!connection.isClosed()) {
            PGNotification[] notifications =
                    connection.unwrap(PGConnection.class).getNotifications();
            for (PGNotification notification : notifications) {
                lines.add(
                        "notification "
                                + notification.getName()
                                + " '"
                                + notification.getParameter()
                                + "'");
            }
        }
        return lines;
    }

    /** Brings the session back to its first state, whatever the permutation left. */
    Future<?> reset() {
        return executor.submit(
                () -> {
                    AnswerReader.execute(connection, "ROLLBACK", null);
                    AnswerReader.execute(connection, "DISCARD ALL", null);
                    return run(List.of());
                });
    }

    @Override
    public void close() throws SQLException {
        executor.shutdown();
        try {
            if (!executor.awaitTermination(END_SECONDS, TimeUnit.SECONDS)) {
                connection.abort(Runnable::run);
                executor.shutdownNow();
            }
        } catch (InterruptedException e) {
            executor.shutdownNow();
            Thread.currentThread().interrupt();
        } finally {
            connection.close();
        }
    }
}
