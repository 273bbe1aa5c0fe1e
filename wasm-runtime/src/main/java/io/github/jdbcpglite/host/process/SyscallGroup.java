package io.github.jdbcpglite.host.process;

import io.github.jdbcpglite.host.fs.ErrnoException;

/**
 * Host functions that belong together, told apart by the name of their import.
 *
 * <p>They are the cases of one method, and not a lambda each: a JVM spends about a third of a
 * millisecond on the first use of a lambda, and a process has more than a hundred of them.
 */
public interface SyscallGroup {
    /**
     * Runs a function.
     *
     * @param name one of the names that the group was added under
     * @param args the raw wasm values
     * @return the raw result of success
     * @throws ErrnoException the error number to report
     */
    long call(String name, long[] args) throws ErrnoException;

    /** Returns what to throw for a name that is none of the group's. */
    static IllegalArgumentException unknown(String name) {
        return new IllegalArgumentException("no function " + name + " in this group");
    }
}
