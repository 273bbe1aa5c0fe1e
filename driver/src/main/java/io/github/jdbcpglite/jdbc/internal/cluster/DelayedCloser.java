package io.github.jdbcpglite.jdbc.internal.cluster;

import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Closes clusters some time after their last use, on a thread that exists only for that time. */
final class DelayedCloser {
    private static final long IDLE_SECONDS = 1;

    private final ScheduledThreadPoolExecutor timer =
            new ScheduledThreadPoolExecutor(1, DelayedCloser::thread);

    DelayedCloser() {
        timer.setKeepAliveTime(IDLE_SECONDS, TimeUnit.SECONDS);
        timer.allowCoreThreadTimeOut(true);
        timer.setRemoveOnCancelPolicy(true);
    }

    Future<?> schedule(Runnable close, int delaySeconds) {
        return timer.schedule(close, delaySeconds, TimeUnit.SECONDS);
    }

    private static Thread thread(Runnable task) {
        return LastingThreads.make(task, "jdbc-pglite-closer");
    }
}
