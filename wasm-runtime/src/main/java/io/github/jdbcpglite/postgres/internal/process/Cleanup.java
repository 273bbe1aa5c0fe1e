package io.github.jdbcpglite.postgres.internal.process;

/**
 * Work with something to be done after it, whatever comes of it. As with try-with-resources, the
 * first failure is thrown and keeps a later one; but a later one may also be the very same object,
 * as the {@code OutOfMemoryError} is that the JVM keeps for when it has no memory for another, and
 * then {@link Throwable#addSuppressed} would throw and hide it. Stateless.
 */
public final class Cleanup {
    private Cleanup() {}

    /** Does work and then the rest, and throws the first failure of either. */
    public static void after(Runnable work, Runnable rest) {
        try {
            work.run();
        } catch (RuntimeException | Error e) {
            // Of any kind: it is thrown on.
            try {
                rest.run();
            } catch (RuntimeException | Error later) {
                // Of any kind: it is kept.
                keep(e, later);
            }
            throw e;
        }
        rest.run();
    }

    /** Keeps a later failure with the first. */
    public static void keep(Throwable first, Throwable later) {
        if (first != later) {
            first.addSuppressed(later);
        }
    }
}
