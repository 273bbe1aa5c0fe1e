package io.github.jdbcpglite.postgres.internal.maintenance;

/** The processes of PostgreSQL besides client backends that run here when there is need. */
public enum AuxiliaryKind {
    AUTOVACUUM_LAUNCHER(3, "autovacuum launcher"),
    AUTOVACUUM_WORKER(4, "autovacuum worker"),
    CHECKPOINTER(11, "checkpointer"),
    WAL_WRITER(16, "wal_writer");

    private final int backendType;
    private final String title;

    AuxiliaryKind(int backendType, String title) {
        this.backendType = backendType;
        this.title = title;
    }

    /** Returns the value of PostgreSQL 18's {@code BackendType}. */
    int backendType() {
        return backendType;
    }

    /** Returns the name in PostgreSQL's table of child processes. */
    String title() {
        return title;
    }
}
