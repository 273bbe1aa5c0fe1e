package io.github.jdbcpglite.wasm.emscripten.syscall;

/**
 * Whether the heap of the JVM has room for more guest memory, so that PostgreSQL hears of it from
 * {@code malloc} and reports SQLSTATE 53200. Pages are allocated when they are first written, so
 * this is a forecast; what it misses ends the backend. Stateless.
 */
final class HeapRoom {
    /** What is left to everything else: a sixteenth of the heap, at most 64 MiB. */
    private static final long RESERVE = Math.min(64L << 20, Runtime.getRuntime().maxMemory() / 16);

    private HeapRoom() {}

    /** Returns whether a number of bytes fits, collecting garbage before it says no. */
    static boolean has(long bytes) {
        if (free() >= bytes + RESERVE) {
            return true;
        }
        System.gc();
        return free() >= bytes + RESERVE;
    }

    private static long free() {
        Runtime runtime = Runtime.getRuntime();
        return runtime.maxMemory() - runtime.totalMemory() + runtime.freeMemory();
    }
}
