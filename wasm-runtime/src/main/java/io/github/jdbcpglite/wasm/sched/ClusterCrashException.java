package io.github.jdbcpglite.wasm.sched;

/** Ends a backend at once, without PostgreSQL's way out, because another one has crashed. */
final class ClusterCrashException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ClusterCrashException() {
        super("another backend of the cluster has crashed", null, false, false);
    }
}
