package io.github.jdbcpglite.postgres.internal.process;

/** Ends a backend at once, without PostgreSQL's way out, because another one has crashed. */
public final class ClusterCrashException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ClusterCrashException() {
        super("another backend of the cluster has crashed", null, false, false);
    }
}
