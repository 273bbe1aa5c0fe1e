package io.github.jdbcpglite.postgres.internal.postmaster;

import org.jspecify.annotations.Nullable;

/** A cluster does not take a connection; nothing is left of it. */
public final class RefusedException extends Exception {
    private static final long serialVersionUID = 1L;

    /** Why, for callers that answer each in a different way. */
    public enum Reason {
        /** The cluster has been closed, or is closing. */
        CLOSED,
        /** The cluster has crashed; another one can be booted over its files. */
        CRASHED,
        /** What the cluster may take of the heap has no room for another process. */
        NO_ROOM,
        /** The JVM or the system gave no memory or no thread; the cause is its error. */
        OUT_OF_MEMORY
    }

    private final Reason reason;

    RefusedException(Reason reason, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    /** Returns why. */
    public Reason reason() {
        return reason;
    }
}
