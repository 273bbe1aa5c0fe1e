package io.github.jdbcpglite.engine.nativecode;

import io.github.jdbcpglite.engine.StackProbe;

/** Asks how much of its thread's stack a guest has used and has left. */
final class NativeStackProbe implements StackProbe {
    /**
     * What must be left when PostgreSQL is told that it goes too deep: it asks at the start of what
     * may recurse, and goes on for some calls after that.
     */
    private static final long MARGIN_BYTES = 256 << 10;

    private final NativeMemory memory;

    NativeStackProbe(NativeMemory memory) {
        this.memory = memory;
    }

    @Override
    public boolean isExhausted(int allowedBytes) {
        return Native.stackUsed() >= allowedBytes || Native.stackLeft(memory.at()) < MARGIN_BYTES;
    }

    @Override
    public void atBottom() {
        // A look costs nothing worth saving.
    }
}
