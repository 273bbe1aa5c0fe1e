package io.github.jdbcpglite.jdbc;

import io.github.jdbcpglite.jdbc.internal.error.SqlErrors;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * The edge of the driver, over which no exception comes but {@link SQLException}: pgjdbc throws
 * others for some values of its properties. Stateless.
 */
final class Boundary {
    private Boundary() {}

    /** What the driver is asked to do. */
    interface Call<T extends @Nullable Object> {
        T run() throws SQLException;
    }

    /** What the driver is asked to do, without an answer. */
    interface Action {
        void run() throws SQLException;
    }

    /**
     * Does it.
     *
     * @throws SQLException its own, or one with SQLState 08001 for any other exception
     */
    static void run(Action action) throws SQLException {
        boolean unused =
                call(
                        () -> {
                            action.run();
                            return true;
                        });
    }

    /**
     * Does it.
     *
     * @throws SQLException its own, or one with SQLState 08001 for any other exception
     */
    static <T extends @Nullable Object> T call(Call<T> call) throws SQLException {
        try {
            return call.run();
        } catch (RuntimeException e) {
            // Of any kind: it says what of a URL, a property or an argument it could not use.
            throw SqlErrors.cannotConnect("Cannot use what the driver was given: " + e, e);
        }
    }
}
