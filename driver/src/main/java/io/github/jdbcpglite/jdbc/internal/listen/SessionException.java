package io.github.jdbcpglite.jdbc.internal.listen;

import java.io.IOException;

/** PostgreSQL's answer to a question of the listener's own, where it was an error. */
final class SessionException extends IOException {
    private static final long serialVersionUID = 1L;

    private final String sqlState;

    SessionException(String sqlState, String message) {
        super(message);
        this.sqlState = sqlState;
    }

    String sqlState() {
        return sqlState;
    }
}
