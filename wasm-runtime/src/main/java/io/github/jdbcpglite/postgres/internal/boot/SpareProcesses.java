package io.github.jdbcpglite.postgres.internal.boot;

import io.github.jdbcpglite.engine.Engine;
import io.github.jdbcpglite.engine.LinearMemory;
import io.github.jdbcpglite.engine.MemoryAccount;
import io.github.jdbcpglite.engine.MemoryPool;
import io.github.jdbcpglite.engine.budget.MemoryBudget;
import io.github.jdbcpglite.postgres.internal.process.Ticker;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Processes forked ahead of need, and the memory of those that have ended, kept for them.
 *
 * <p>A cluster that starts from memory prepares one, for the connection it is opened for, and no
 * other until it has served that. From the second connection on, {@link #LIMIT} spares are made
 * when the {@link Ticker} sees that no process has run for a moment, so that no statement and no
 * connection waits for a processor because of them. They are given up when nobody needs them for
 * some time, when somebody is short of memory, and with the cluster.
 *
 * <p>Safe for use by several threads.
 *
 * @param <P> the process
 */
public final class SpareProcesses<P extends SpareThread.Prepared> {
    /** The most that wait for a connection. */
    static final int LIMIT = 2;

    /** What is kept of ended processes at most, in wasm pages: what two spares need. */
    static final int RECYCLED_LIMIT = LIMIT * MemoryAccount.START_PAGES;

    /** How long a spare waits. */
    public static final long IDLE_NANOS = TimeUnit.SECONDS.toNanos(10);

    /** Nothing is kept when less than this would be left to others. */
    private static final long MARGIN_BYTES = 16 << 20;

    /** How long somebody who is short of memory waits for that of spares. */
    private static final long GIVE_UP_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private final String threadName;
    private final long stackBytes;
    private final SpareThread.Maker<P> maker;
    private final MemoryBudget budget;
    private final MemoryPool pool;
    private final long idleNanos;
    private final Runnable giveUp = this::giveUp;
    private volatile boolean wanted;

    // Guarded by this.
    private final Deque<SpareThread<P>> spares = new ArrayDeque<>();
    private boolean askedBefore;
    private boolean closed;

    /**
     * Makes an empty set.
     *
     * @param threadName what spares are called
     * @param stackBytes the size of their stacks
     * @param engine makes the memories
     * @param idleNanos how long a spare waits for a connection
     */
    public SpareProcesses(
            String threadName,
            long stackBytes,
            SpareThread.Maker<P> maker,
            MemoryBudget budget,
            Engine engine,
            long idleNanos) {
        this.threadName = threadName;
        this.stackBytes = stackBytes;
        this.maker = maker;
        this.budget = budget;
        this.idleNanos = idleNanos;
        this.pool = engine.newPool(budget, RECYCLED_LIMIT, MARGIN_BYTES);
    }

    /** Returns the source of the pages of a process, for which nothing is taken yet. */
    public MemoryAccount newPages() {
        return pool.newAccount();
    }

    /** Takes a spare if there is one, for a connection; it is claimed and has to get a task. */
    public synchronized @Nullable SpareThread<P> take() {
        wanted = askedBefore && !closed;
        askedBefore = true;
        SpareThread<P> spare = spares.poll();
        while (spare != null && !spare.claim()) {
            spare = spares.poll();
        }
        return spare;
    }

    /** Makes spares if a connection was asked for since the last call. */
    public void refill() {
        if (wanted) {
            make();
        }
    }

    /** Makes one at once if it can, for the connection that a cluster is opened for. */
    public synchronized void prepareFirst() {
        try {
            makeUpTo(1);
        } catch (OutOfMemoryError e) {
            // The connection needs a thread and memory, too, and reports that there is none.
            System.getLogger(SpareProcesses.class.getName())
                    .log(System.Logger.Level.DEBUG, "no process for the first connection", e);
        }
    }

    private void makeUpTo(int count) {
        if (!closed) {
            // Not before there is something to give up: the budget's list outlives this cluster.
            budget.reserve(giveUp);
        }
        while (!closed && spares.size() < count && budget.has(MARGIN_BYTES)) {
            add();
        }
    }

    private synchronized void make() {
        wanted = false;
        makeUpTo(LIMIT);
        if (spares.isEmpty()) {
            pool.clear();
        } else {
            pool.keep();
        }
    }

    private void add() {
        MemoryAccount pages = newPages();
        pages.take(MemoryAccount.START_PAGES);
        boolean started = false;
        try {
            SpareThread<P> spare =
                    new SpareThread<>(threadName, stackBytes, maker, pages, idleNanos, this::left);
            spare.start();
            spares.add(spare);
            started = true;
        } finally {
            if (!started) {
                pages.close();
            }
        }
    }

    private synchronized void left(SpareThread<P> spare) {
        spares.remove(spare);
        if (spares.isEmpty() && !wanted) {
            pool.clear();
        }
    }

    /** Gives up everything that is kept, and waits a moment for it; any thread. */
    void giveUp() {
        giveUp(System.nanoTime() + GIVE_UP_NANOS);
    }

    private void giveUp(long deadlineNanos) {
        List<SpareThread<P>> gone;
        synchronized (this) {
            wanted = false;
            gone = List.copyOf(spares);
            spares.clear();
            pool.clear();
        }
        gone.forEach(SpareThread::discard);
        try {
            for (SpareThread<P> spare : gone) {
                if (!spare.awaitEnd(deadlineNanos)) {
                    return;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Gives up everything, for good. */
    public void close(long timeoutNanos) {
        synchronized (this) {
            closed = true;
        }
        budget.reserve(null);
        giveUp(System.nanoTime() + timeoutNanos);
    }

    /** Returns how many spares wait or are being made. */
    synchronized int size() {
        return spares.size();
    }

    /** Returns how many pages are kept besides. */
    int recycledPages() {
        return (int) (pool.keptBytes() / LinearMemory.PAGE_SIZE);
    }

    /** Returns about how many bytes all of it has. */
    public long keptBytes() {
        long pages = (long) size() * MemoryAccount.START_PAGES + recycledPages();
        return pages * LinearMemory.PAGE_SIZE;
    }
}
