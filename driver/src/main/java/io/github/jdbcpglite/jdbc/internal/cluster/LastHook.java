package io.github.jdbcpglite.jdbc.internal.cluster;

import java.lang.management.LockInfo;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A shutdown hook that knows when it is the last one. Its methods are for its own thread.
 *
 * <p>Hooks run concurrently, and nobody says which there are. But one thread of the JVM starts all,
 * one after the other, and then waits for each in the same order. So when that thread waits for
 * this hook, those started before it have ended; and those started after it are the threads that
 * were not there when this one was started. A thread that somebody else has started in between is
 * taken for a hook; that is why who asks needs a deadline. But not one of a cluster: a pool that is
 * filling when the JVM is told to end starts backends, which live as long as its connections do.
 */
final class LastHook extends Thread {
    /** How the names of a cluster's threads begin, which are daemons. */
    private static final String OF_CLUSTER = "pglite-";

    private final Consumer<LastHook> action;
    private @Nullable Thread runner;
    private Set<Thread> before = Set.of();
    private @Nullable List<Thread> startedAfter;

    /** Makes a hook that inherits no thread locals. */
    LastHook(Consumer<LastHook> action, String name) {
        super(null, null, name, 0, false);
        this.action = action;
    }

    /** Starts it, and remembers who does. */
    @Override
    public synchronized void start() {
        runner = Thread.currentThread();
        before = Set.copyOf(liveThreads());
        super.start();
    }

    @Override
    public void run() {
        action.accept(this);
    }

    /** Returns whether all hooks but those of this class, in whatever class loader, have ended. */
    boolean othersHaveEnded() {
        Thread waiting = runner;
        ThreadInfo info =
                waiting == null
                        ? null
                        : ManagementFactory.getThreadMXBean().getThreadInfo(waiting.getId());
        if (waiting == null || info == null) {
            return true; // it is no hook, or nobody waits for it any more
        }
        LockInfo awaited = info.getLockInfo();
        if (awaited == null) {
            return false; // on the way to the next
        }
        if (startedAfter == null) {
            List<Thread> after = liveThreads();
            after.removeAll(before);
            after.removeIf(thread -> isOfThisKind(thread) || isOfCluster(thread));
            startedAfter = after;
        }
        startedAfter.removeIf(thread -> !thread.isAlive());
        return startedAfter.isEmpty()
                && awaited.getIdentityHashCode() == System.identityHashCode(this);
    }

    private static boolean isOfThisKind(Thread thread) {
        return thread.getClass().getName().equals(LastHook.class.getName());
    }

    private static boolean isOfCluster(Thread thread) {
        return thread.isDaemon() && thread.getName().startsWith(OF_CLUSTER);
    }

    private static List<Thread> liveThreads() {
        ThreadGroup root = Thread.currentThread().getThreadGroup();
        while (root.getParent() != null) {
            root = root.getParent();
        }
        Thread[] all;
        int count;
        int room = root.activeCount();
        do {
            room = 2 * room + 16;
            all = new Thread[room];
            count = root.enumerate(all);
        } while (count == room);
        return new ArrayList<>(Arrays.asList(all).subList(0, count));
    }
}
