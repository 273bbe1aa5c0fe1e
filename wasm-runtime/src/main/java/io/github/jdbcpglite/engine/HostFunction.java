package io.github.jdbcpglite.engine;

/** A function of the host that guests import. */
@FunctionalInterface
public interface HostFunction {
    /**
     * Runs the function on the guest's thread. What it throws passes through the frames of the
     * guest to whoever called into it.
     *
     * @param caller the guest that calls
     * @param args the raw wasm values: an i32 in the low 32 bits, floats as their bits
     * @return the raw result, ignored for a function without one
     */
    long call(Guest caller, long[] args);
}
