package io.github.jdbcpglite.engine.bytecode.memory;

import com.dylibso.chicory.runtime.Memory;

/**
 * What Chicory asks of a memory beyond the places where bytes and integers are: floating point,
 * which is integers of the same bits, and the threads proposal, which PGlite does not use.
 */
abstract class AbstractChicoryMemory implements Memory {
    @Override
    public final float readFloat(int addr) {
        return Float.intBitsToFloat(readInt(addr));
    }

    @Override
    public final long readF32(int addr) {
        return readInt(addr);
    }

    @Override
    public final void writeF32(int addr, float data) {
        writeI32(addr, Float.floatToRawIntBits(data));
    }

    @Override
    public final double readDouble(int addr) {
        return Double.longBitsToDouble(readLong(addr));
    }

    @Override
    public final long readF64(int addr) {
        return readLong(addr);
    }

    @Override
    public final void writeF64(int addr, double data) {
        writeLong(addr, Double.doubleToRawLongBits(data));
    }

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
