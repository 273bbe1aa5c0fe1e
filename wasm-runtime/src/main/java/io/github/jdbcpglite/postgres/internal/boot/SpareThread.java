package io.github.jdbcpglite.postgres.internal.boot;

import io.github.jdbcpglite.engine.MemoryAccount;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A thread that forks a process ahead of need and waits for the backend that it becomes, for a
 * limited time.
 *
 * <p>A task may come while it still prepares. Methods are for any thread.
 *
 * @param <P> the process
 */
public final class SpareThread<P extends SpareThread.Prepared> implements Runnable {
    /** What can be made ahead of need. */
    interface Prepared extends AutoCloseable {
        @Override
        void close();
    }

    /** Makes a process; on its thread. */
    public interface Maker<P> {
        /**
         * Makes it.
         *
         * @param pages where its memory comes from; the caller closes it
         */
        P fork(MemoryAccount pages);
    }

    /** What a thread does with its process. */
    public interface Task<P> {
        /**
         * Runs on the thread, and closes what it is given.
         *
         * @param process {@code null} if it could not be made
         */
        void run(MemoryAccount pages, @Nullable P process);
    }

    private enum State {
        /** Nobody needs it yet. */
        FREE,
        /** It has a task, or will have one. */
        CLAIMED,
        /** It ends without a task. */
        DISCARDED
    }

    private final Maker<P> maker;
    private final MemoryAccount pages;
    private final long idleNanos;
    private final Consumer<SpareThread<P>> left;
    private final AtomicReference<State> state = new AtomicReference<>(State.FREE);
    private final CountDownLatch ended = new CountDownLatch(1);
    private final Thread thread;
    private volatile @Nullable Task<P> task;

    /**
     * Makes a thread, to be started.
     *
     * @param pages where the process's memory comes from; the thread closes it
     * @param idleNanos how long it waits for a task
     * @param left is told that it has become of no use: it waited for too long, or failed
     */
    SpareThread(
            String name,
            long stackBytes,
            Maker<P> maker,
            MemoryAccount pages,
            long idleNanos,
            Consumer<SpareThread<P>> left) {
        this.maker = maker;
        this.pages = pages;
        this.idleNanos = idleNanos;
        this.left = left;
        thread = new Thread(null, this, name, stackBytes, false);
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    /** Makes it wait for a task however long; false if it is of no use any more. */
    boolean claim() {
        return state.compareAndSet(State.FREE, State.CLAIMED);
    }

    /** Gives a task to a thread that was claimed. */
    public void run(Task<P> work) {
        task = work;
        LockSupport.unpark(thread);
    }

    /** Ends one that was claimed and gets no task. */
    public void release() {
        run(
                (own, process) -> {
                    if (process != null) {
                        process.close();
                    }
                });
    }

    /** Ends it, if it was not claimed. */
    void discard() {
        if (state.compareAndSet(State.FREE, State.DISCARDED)) {
            LockSupport.unpark(thread);
        }
    }

    /** Waits until it has ended and let go of its memory; returns whether it has. */
    boolean awaitEnd(long deadlineNanos) throws InterruptedException {
        return ended.await(deadlineNanos - System.nanoTime(), TimeUnit.NANOSECONDS);
    }

    @Override
    public void run() {
        try {
            P process = prepare();
            Task<P> given = await();
            if (given != null) {
                given.run(pages, process);
            } else if (process != null) {
                process.close();
            }
        } finally {
            pages.close();
            ended.countDown();
        }
    }

    private @Nullable P prepare() {
        try {
            return maker.fork(pages);
        } catch (RuntimeException | Error e) {
            // Whatever it was, memory most likely: who needs a process makes one and reports it.
            log().log(System.Logger.Level.DEBUG, "no process could be made ahead of need", e);
            discard();
            left.accept(this);
            return null;
        }
    }

    /** Waits for the task; returns {@code null} if none will come. */
    private @Nullable Task<P> await() {
        long deadline = System.nanoTime() + idleNanos;
        while (true) {
            Task<P> given = task;
            State now = state.get();
            if (given != null || now == State.DISCARDED) {
                return given;
            }
            long wait = deadline - System.nanoTime();
            if (now == State.CLAIMED) {
                LockSupport.park(this);
            } else if (wait > 0) {
                LockSupport.parkNanos(this, wait);
            } else {
                discard();
                left.accept(this);
            }
        }
    }

    private static System.Logger log() {
        return System.getLogger(SpareThread.class.getName());
    }
}
