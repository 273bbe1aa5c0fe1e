package io.github.jdbcpglite.platform;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Says of a failure that may repeat without end that it happens, in a limited number of lines. What
 * was left unsaid is counted, and told with the first line of the next minute. Thread-safe.
 */
public final class LimitedLog {
    /** The most lines in a minute. */
    public static final int LINES = 10;

    private static final long PERIOD_NANOS = TimeUnit.MINUTES.toNanos(1);

    private final LongSupplier nanoTime;

    // Guarded by this.
    private long periodStart;
    private int said;
    private long unsaid;

    /** Makes one that goes by the system's clock. */
    public LimitedLog() {
        this(System::nanoTime);
    }

    /**
     * Makes one.
     *
     * @param nanoTime a clock in {@link System#nanoTime} terms
     */
    LimitedLog(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.periodStart = nanoTime.getAsLong();
    }

    /** Logs a message, unless there were too many. */
    public void log(Logger logger, Level level, String message, Throwable cause) {
        long before = beginLine();
        if (before >= 0) {
            String more = before == 0 ? "" : " (and " + before + " lines like it left out before)";
            logger.log(level, message + more, cause);
        }
    }

    /** Returns how many lines were left out before this one, or -1 if this one is. */
    private synchronized long beginLine() {
        long now = nanoTime.getAsLong();
        if (now - periodStart >= PERIOD_NANOS) {
            periodStart = now;
            said = 0;
        }
        if (said == LINES) {
            unsaid++;
            return -1;
        }
        said++;
        long before = unsaid;
        unsaid = 0;
        return before;
    }
}
