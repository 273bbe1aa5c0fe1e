package io.github.jdbcpglite.conformance.isolation;

import io.github.jdbcpglite.conformance.answer.Answer;
import io.github.jdbcpglite.conformance.isolation.IsolationSpec.Permutation;
import io.github.jdbcpglite.conformance.isolation.IsolationSpec.Session;
import io.github.jdbcpglite.conformance.isolation.IsolationSpec.Step;
import io.github.jdbcpglite.conformance.isolation.IsolationSpec.Use;
import io.github.jdbcpglite.conformance.server.QueryMode;
import io.github.jdbcpglite.conformance.server.Side;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Runs a multi-session script on one side, one permutation after the other. Not thread-safe. */
public final class PermutationRunner implements AutoCloseable {
    private static final long STEP_SECONDS = 20;
    private static final long POLL_MILLIS = 10;

    private final Side side;
    private final IsolationSpec spec;
    private final Map<String, SessionThread> sessions = new LinkedHashMap<>();
    private final SessionThread control;
    private final Connection watcher;
    private final String pids;

    /** Makes the script's database and opens its sessions. */
    public PermutationRunner(Side side, IsolationSpec spec) throws SQLException {
        this.side = side;
        this.spec = spec;
        side.createDatabase(spec.database());
        watcher = side.connect(spec.database(), QueryMode.EXTENDED);
        control = new SessionThread(side, spec.database(), "control");
        for (Session session : spec.sessions()) {
            sessions.put(session.name(), new SessionThread(side, spec.database(), session.name()));
        }
        pids =
                sessions.values().stream()
                        .map(session -> Integer.toString(session.pid()))
                        .collect(Collectors.joining(",", "{", "}"));
    }

    /** A step that has been started and not yet reported as finished. */
    private record Running(Step step, Future<List<String>> answer) {}

    /** Runs one permutation and returns its events and answers. */
    public Answer run(Permutation permutation) throws SQLException, StuckException {
        List<String> events = new ArrayList<>();
        List<Running> waiting = new ArrayList<>();
        events.addAll(await("setup", control.start(spec.setup())));
        for (Session session : spec.sessions()) {
            events.addAll(await("setup", session(session.name()).start(session.setup())));
        }
        for (Use use : permutation.uses()) {
            Step step = spec.steps().get(use.step());
            if (step == null) {
                throw new IllegalStateException("The parser let through the step " + use.step());
            }
            finishEarlier(step.session(), waiting, events);
            Running running = new Running(step, session(step.session()).start(step.statements()));
            if (use.mustEnd() || !isHeldUp(running)) {
                report(running, events);
            } else {
                events.add("step " + step.name() + ": waiting");
                waiting.add(running);
            }
            reportReleased(waiting, events);
        }
        for (Running running : waiting) {
            report(running, events);
        }
        for (Session session : spec.sessions()) {
            events.addAll(await("teardown", session(session.name()).start(session.teardown())));
            await("reset", session(session.name()).reset());
        }
        events.addAll(await("teardown", control.start(spec.teardown())));
        return new Answer(events).normalised(spec.rules());
    }

    private SessionThread session(String name) {
        SessionThread session = sessions.get(name);
        if (session == null) {
            throw new IllegalStateException("The parser let through the session " + name);
        }
        return session;
    }

    /** A session can run only one step at a time: waits for the one it is held up in. */
    private void finishEarlier(String session, List<Running> waiting, List<String> events)
            throws StuckException {
        Iterator<Running> iterator = waiting.iterator();
        while (iterator.hasNext()) {
            Running running = iterator.next();
            if (running.step().session().equals(session)) {
                report(running, events);
                iterator.remove();
            }
        }
    }

    /** Reports the waiting steps that the last step let go, in the order they were started. */
    private void reportReleased(List<Running> waiting, List<String> events)
            throws SQLException, StuckException {
        Iterator<Running> iterator = waiting.iterator();
        while (iterator.hasNext()) {
            Running running = iterator.next();
            if (!isHeldUp(running)) {
                report(running, events);
                iterator.remove();
            }
        }
    }

    /** Waits until the step has ended or the server says that its session waits for another. */
    private boolean isHeldUp(Running running) throws SQLException, StuckException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(STEP_SECONDS);
        while (System.nanoTime() < deadline) {
            if (poll(running.step().name(), running.answer(), POLL_MILLIS) != null) {
                return false;
            }
            if (isBlocked(session(running.step().session()).pid()) && !running.answer().isDone()) {
                return true;
            }
        }
        throw new StuckException(side.name(), running.step().name());
    }

    private boolean isBlocked(int pid) throws SQLException {
        try (PreparedStatement statement =
                watcher.prepareStatement(
                        "SELECT pg_isolation_test_session_is_blocked(?, ?::int[])")) {
            statement.setInt(1, pid);
            statement.setString(2, pids);
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next() && rows.getBoolean(1);
            }
        }
    }

    private void report(Running running, List<String> events) throws StuckException {
        List<String> answer = await(running.step().name(), running.answer());
        events.add("step " + running.step().name() + ": finished");
        answer.forEach(line -> events.add("    " + line));
    }

    private <T> T await(String what, Future<T> future) throws StuckException {
        T value = poll(what, future, TimeUnit.SECONDS.toMillis(STEP_SECONDS));
        if (value == null) {
            throw new StuckException(side.name(), what);
        }
        return value;
    }

    private <T> @Nullable T poll(String what, Future<T> future, long millis) throws StuckException {
        try {
            return future.get(millis, TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            return null;
        } catch (ExecutionException e) {
            throw new StuckException(side.name(), what, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StuckException(side.name(), what, e);
        }
    }

    @Override
    public void close() throws SQLException {
        SQLException failure = null;
        List<AutoCloseable> open = new ArrayList<>(sessions.values());
        open.add(control);
        open.add(watcher);
        for (AutoCloseable resource : open) {
            try {
                resource.close();
            } catch (Exception e) { // each must be closed whatever the others throw
                if (failure == null) {
                    failure = new SQLException("Closing the sessions failed", e);
                } else {
                    failure.addSuppressed(e);
                }
            }
        }
        side.dropDatabase(spec.database());
        if (failure != null) {
            throw failure;
        }
    }
}
