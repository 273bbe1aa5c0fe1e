package io.github.jdbcpglite.wasm.memory;

/**
 * Instantiates modules over a memory that has their data already.
 *
 * @param <X> how it fails
 */
@FunctionalInterface
public interface Instantiation<X extends Exception> {
    /** Instantiates modules. */
    void run() throws X;
}
