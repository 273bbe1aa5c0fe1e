package io.github.jdbcpglite.wasm.memory;

import com.dylibso.chicory.runtime.Memory;

/**
 * The part of Chicory's memory that this project's modules do not use: WebAssembly's threads, and
 * loads that only widen others.
 */
abstract class UnsharedMemory implements Memory {
    @Override
    public final boolean shared() {
        return false;
    }

    @Override
    @Deprecated(forRemoval = true)
    public final Object lock(int address) {
        throw noAtomics();
    }

    @Override
    @Deprecated(forRemoval = true)
    public final int waitOn(int address, int expected, long timeout) {
        throw noAtomics();
    }

    @Override
    @Deprecated(forRemoval = true)
    public final int waitOn(int address, long expected, long timeout) {
        throw noAtomics();
    }

    @Override
    @Deprecated(forRemoval = true)
    public final int notify(int address, int maxThreads) {
        throw noAtomics();
    }

    private static UnsupportedOperationException noAtomics() {
        return new UnsupportedOperationException("this memory serves modules without atomics");
    }

    @Override
    public final long readU16(int addr) {
        return readShort(addr) & 0xFFFFL;
    }

    @Override
    public final long readF32(int addr) {
        return readInt(addr);
    }

    @Override
    public final long readF64(int addr) {
        return readLong(addr);
    }
}
