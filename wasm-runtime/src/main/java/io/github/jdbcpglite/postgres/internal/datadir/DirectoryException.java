package io.github.jdbcpglite.postgres.internal.datadir;

import org.jspecify.annotations.Nullable;

/** A directory cannot be used as a data directory; the message says why and what to do. */
public final class DirectoryException extends Exception {
    private static final long serialVersionUID = 1L;

    /** Why not. */
    public enum Reason {
        /** Another process or another part of this one has it open. */
        IN_USE,
        /** Its contents are not what this PostgreSQL can open. */
        UNSUITABLE,
        /** It holds no cluster, and none is to be made. */
        ABSENT,
        /** Reading or writing failed. */
        FAILED
    }

    private final Reason reason;

    DirectoryException(Reason reason, String message) {
        this(reason, message, null);
    }

    DirectoryException(Reason reason, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    /** Returns why the directory cannot be used. */
    public Reason reason() {
        return reason;
    }
}
