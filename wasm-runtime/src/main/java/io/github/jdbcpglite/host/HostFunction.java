package io.github.jdbcpglite.host;

/** A function of the host that the guest imports, bound to one guest process. */
@FunctionalInterface
public interface HostFunction {
    /**
     * Runs the function on the guest's thread.
     *
     * @param args the raw wasm values: an i32 in the low 32 bits, floats as their bits
     * @return the raw result, ignored for a function without one
     */
    long call(long[] args);
}
