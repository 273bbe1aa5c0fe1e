package io.github.jdbcpglite.conformance.server;

import java.io.IOException;
import java.sql.SQLException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/** Asks both sides at the same time: the oracle is another process and can use another core. */
public final class BothSides {
    private BothSides() {}

    /**
     * What is asked of a side.
     *
     * @param <T> what it gives
     */
    @FunctionalInterface
    public interface Work<T> {
        /** Does the work on a side. */
        T on(Side side) throws SQLException, IOException;
    }

    /**
     * What the two sides gave.
     *
     * @param <T> what the work gives
     * @param expected what the first side gave
     * @param actual what the second side gave
     */
    public record Answers<T>(T expected, T actual) {}

    /** Does the work on both sides and waits for both. */
    public static <T> Answers<T> ask(Side expected, Side actual, Work<T> work)
            throws SQLException, IOException {
        FutureTask<T> other = new FutureTask<>(() -> work.on(expected));
        Thread thread = new Thread(other, "expected-side");
        thread.start();
        T given;
        try {
            given = work.on(actual);
        } finally {
            join(thread);
        }
        try {
            return new Answers<>(other.get(), given);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SQLException("Interrupted while the oracle answered", e);
        } catch (ExecutionException e) {
            throw new SQLException("The oracle did not answer", e.getCause());
        }
    }

    /** Waits for the thread; what it asks ends by itself within the sides' own time limits. */
    private static void join(Thread thread) throws SQLException {
        try {
            thread.join();
        } catch (InterruptedException e) {
            thread.interrupt();
            Thread.currentThread().interrupt();
            throw new SQLException("Interrupted while the oracle answered", e);
        }
    }
}
