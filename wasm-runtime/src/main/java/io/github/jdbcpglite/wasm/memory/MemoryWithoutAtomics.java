package io.github.jdbcpglite.wasm.memory;

import com.dylibso.chicory.runtime.Memory;

/**
 * What Chicory asks of a memory for the sake of the threads proposal, which PGlite does not use.
 */
abstract class MemoryWithoutAtomics implements Memory {
    @Override
    public final boolean shared() {
        return false;
    }

    @Override
    @SuppressWarnings("removal")
    public final Object lock(int address) {
        throw noAtomics();
    }

    @Override
    @SuppressWarnings("removal")
    public final int waitOn(int address, int expected, long timeout) {
        throw noAtomics();
    }

    @Override
    @SuppressWarnings("removal")
    public final int waitOn(int address, long expected, long timeout) {
        throw noAtomics();
    }

    @Override
    @SuppressWarnings("removal")
    public final int notify(int address, int maxThreads) {
        throw noAtomics();
    }

    private static UnsupportedOperationException noAtomics() {
        return new UnsupportedOperationException("this memory serves modules without atomics");
    }
}
