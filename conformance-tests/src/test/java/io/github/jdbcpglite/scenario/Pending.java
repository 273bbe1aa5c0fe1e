package io.github.jdbcpglite.scenario;

import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A statement under way.
 *
 * @param sql the statement
 * @param result its rows when it is done
 */
record Pending(String sql, Future<List<String>> result) {

    boolean done() {
        return result.isDone();
    }

    /** Waits for the rows. */
    List<String> rows() throws SQLException {
        try {
            return result.get(Session.DEADLINE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof SQLException failure) {
                throw failure;
            }
            throw new AssertionError(sql, e.getCause());
        } catch (TimeoutException e) {
            throw new AssertionError("still running: " + sql, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted: " + sql, e);
        }
    }

    /** Waits for the failure and returns its SQLState. */
    String failure() {
        try {
            return "no failure but " + rows();
        } catch (SQLException e) {
            return String.valueOf(e.getSQLState());
        }
    }
}
