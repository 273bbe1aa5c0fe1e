package io.github.jdbcpglite.wasm.memory;

/** What all clusters of this JVM have been promised of its heap, for tests of other packages. */
public final class HeapPromises {
    private HeapPromises() {}

    /** Returns the bytes that are promised and not allocated yet. */
    public static long bytes() {
        return HeapRoom.promisedBytes();
    }
}
