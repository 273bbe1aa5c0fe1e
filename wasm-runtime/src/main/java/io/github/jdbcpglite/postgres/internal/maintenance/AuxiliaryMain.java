package io.github.jdbcpglite.postgres.internal.maintenance;

import io.github.jdbcpglite.engine.LinearMemory;
import io.github.jdbcpglite.postgres.internal.binary.PgBinary;
import io.github.jdbcpglite.postgres.internal.process.Backend;
import io.github.jdbcpglite.postgres.internal.process.BackendMain;

/**
 * Turns a restored instance into one of PostgreSQL's own processes and runs it.
 *
 * <p>Does what {@code postmaster_child_launch} does in PostgreSQL's {@code launch_backend.c}: it
 * looks the main function of the process up in {@code child_process_kinds} and calls it without
 * start-up data.
 */
final class AuxiliaryMain {
    private final AuxiliaryKind kind;
    private final long clusterStart;

    /**
     * Makes the main function of a process.
     *
     * @param clusterStart when the cluster started, in microseconds since the year 2000
     */
    AuxiliaryMain(AuxiliaryKind kind, long clusterStart) {
        this.kind = kind;
        this.clusterStart = clusterStart;
    }

    /** Runs the process until it ends, which it does through {@code exit}. */
    void run(Backend backend) {
        LinearMemory memory = backend.memory();
        PgBinary binary = backend.binary();
        int entry = binary.childProcessKinds + binary.childKindBytes * kind.backendType();
        String title = memory.getString(memory.getInt(entry + binary.childKindName));
        if (!title.equals(kind.title())) {
            throw new IllegalStateException(
                    "the table of child processes has " + title + " in place of " + kind.title());
        }
        new BackendMain(backend).becomeChild(kind.backendType(), clusterStart);
        backend.guest().callIndirect(memory.getInt(entry + binary.childKindMain), 0, 0);
        throw new IllegalStateException("the main function of the " + title + " returned");
    }
}
