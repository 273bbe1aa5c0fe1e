package io.github.jdbcpglite.jdbc.internal.cluster;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A JVM shutdown hook that exists only while something needs it, because it keeps this class's
 * loader alive. Guarded by the registry's monitor.
 */
final class ShutdownHook {
    private final Consumer<LastHook> action;
    private @Nullable Thread hook;
    private int needs;
    private boolean ended;

    ShutdownHook(Consumer<LastHook> action) {
        this.action = action;
    }

    /** Adds a need. Returns false, adding none, if the hook will not run, or has run. */
    boolean add() {
        if (ended) {
            return false;
        }
        if (hook == null) {
            LastHook thread =
                    LastingThreads.make(() -> new LastHook(action, "jdbc-pglite-shutdown"));
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

    /** Returns whether the JVM has begun to end. */
    static boolean jvmIsEnding() {
        Thread probe = LastingThreads.make(() -> {}, "jdbc-pglite-probe");
        try {
            Runtime.getRuntime().addShutdownHook(probe);
            Runtime.getRuntime().removeShutdownHook(probe);
            return false;
        } catch (IllegalStateException e) {
            return true;
        }
    }

    /** Says that the hook has run. */
    void end() {
        ended = true;
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
