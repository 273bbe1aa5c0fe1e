package io.github.jdbcpglite.wasm.sched;

import io.github.jdbcpglite.wasm.emscripten.link.LinkedLibraries;
import io.github.jdbcpglite.wasm.memory.MemoryImage;
import io.github.jdbcpglite.wasm.memory.SharedRegion;

/**
 * What {@code fork()} would give a child of the postmaster: private memory at the moment when
 * shared memory exists and no process slot is taken, and the shared memory itself.
 *
 * @param image private memory, copied on write by each backend
 * @param stackPointer the guest's stack pointer at that moment
 * @param libraries the libraries loaded at that moment, in each backend at the same places
 * @param shared PostgreSQL's shared memory and the control segment of its dynamic shared memory
 * @param startTime when the cluster started, in microseconds since the year 2000
 */
record ForkSnapshot(
        MemoryImage image,
        int stackPointer,
        LinkedLibraries libraries,
        SharedRegion shared,
        long startTime) {}
