package io.github.jdbcpglite.jdbc.internal.database;

import org.jspecify.annotations.Nullable;

/**
 * A JVM shutdown hook that exists only while something needs it, because it keeps this class's
 * loader alive. Guarded by the registry's monitor.
 */
final class ShutdownHook {
    private final Runnable action;
    private @Nullable Thread hook;
    private int needs;

    ShutdownHook(Runnable action) {
        this.action = action;
    }

    /** Adds a need. Returns false, adding none, if the JVM is shutting down. */
    boolean add() {
        if (hook == null) {
            Thread thread = LastingThreads.make(action, "jdbc-pglite-shutdown");
            try {
                Runtime.getRuntime().addShutdownHook(thread);
            } catch (IllegalStateException e) {
                return false;
            }
            hook = thread;
        }
        needs++;
        return true;
    }

    boolean isRegistered() {
        return hook != null;
    }

    void remove() {
        needs--;
        Thread thread = hook;
        if (needs == 0 && thread != null) {
            hook = null;
            try {
                Runtime.getRuntime().removeShutdownHook(thread);
            } catch (IllegalStateException e) {
                // The JVM is shutting down and the hook runs or has run: nothing to take back.
                return;
            }
        }
    }
}
