package io.github.jdbcpglite.host.process;

import java.util.concurrent.locks.LockSupport;

/** How a guest process sleeps; a scheduler lets other processes run meanwhile. */
@FunctionalInterface
public interface Sleeper {
    /** Parks the thread, for a process that holds nothing others wait for. */
    Sleeper PARKING =
            nanos -> {
                long deadline = System.nanoTime() + nanos;
                long left = nanos;
                while (left > 0) {
                    LockSupport.parkNanos(left);
                    left = deadline - System.nanoTime();
                }
            };

    /**
     * Sleeps the calling thread, the process's own.
     *
     * @param nanos how long, above 0; returns early only to end the process
     */
    void sleepNanos(long nanos);
}
