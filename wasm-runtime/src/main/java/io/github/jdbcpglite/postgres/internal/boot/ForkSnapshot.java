package io.github.jdbcpglite.postgres.internal.boot;

import io.github.jdbcpglite.engine.MemoryImage;
import io.github.jdbcpglite.engine.SharedMemory;
import io.github.jdbcpglite.host.link.LinkedLibraries;

/**
 * What {@code fork()} would give a child of the postmaster: private memory at the moment when
 * shared memory exists and no process slot is taken, and the shared memory itself.
 *
 * @param image private memory, copied on write by each backend
 * @param stackPointer the guest's stack pointer at that moment
 * @param libraries the libraries loaded at that moment, in each backend at the same places
 * @param shared PostgreSQL's shared memory and the control segment of its dynamic shared memory
 * @param startTime when the cluster started, in microseconds since the year 2000
 * @param firstWrites what backends write at first, of all clusters that have the same image
 */
public record ForkSnapshot(
        MemoryImage image,
        int stackPointer,
        LinkedLibraries libraries,
        SharedMemory shared,
        long startTime,
        FirstWrites firstWrites) {}
