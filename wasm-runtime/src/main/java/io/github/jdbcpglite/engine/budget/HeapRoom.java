package io.github.jdbcpglite.engine.budget;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The room that the heap of this JVM has for pages and files of guests, all clusters together.
 *
 * <p>Pages and blocks get their arrays when they are first written, at places where PostgreSQL
 * cannot be told that there is no memory. So they are promised before, where it can: what has been
 * promised and has no array yet counts as used. Some of the heap is kept back from promises, for
 * everything else that a session needs in order to report the error and to go on.
 *
 * <p>Safe for use by several threads.
 */
public final class HeapRoom {
    private static final long HEAP = Runtime.getRuntime().maxMemory();

    /** What is left to everything else: a sixteenth of the heap, at most 64 MiB. */
    private static final long RESERVE = Math.min(64L << 20, HEAP / 16);

    /**
     * What a collection that is asked for must bring beyond that. Near the end of the heap there
     * would otherwise be one for each block of a file.
     */
    private static final long COLLECTION_YIELD = RESERVE / 4;

    /** The most that pages of shared memory not written yet are taken into account with. */
    private static final long SHARED_MAX = HEAP / 8;

    private static final AtomicLong PROMISED = new AtomicLong();

    /** What gives up memory that clusters keep without need. */
    private static final Set<Runnable> RESERVES = ConcurrentHashMap.newKeySet();

    private HeapRoom() {}

    /**
     * Promises bytes if they fit, collecting garbage before it says no.
     *
     * @param bytes to be settled once they are allocated, or are known never to be
     * @param sharedBytes of shared memory that the same cluster may still allocate
     */
    static boolean tryPromise(long bytes, long sharedBytes) {
        // Counted first, so that of two who ask for the same room only one gets it.
        promise(bytes);
        if (fits(sharedBytes)) {
            return true;
        }
        RESERVES.forEach(Runnable::run);
        System.gc();
        if (fits(sharedBytes + COLLECTION_YIELD)) {
            return true;
        }
        settle(bytes);
        return false;
    }

    /** Replaces what is asked to give up memory before somebody is told no. */
    static void reserve(@Nullable Runnable before, @Nullable Runnable after) {
        if (before != null) {
            RESERVES.remove(before);
        }
        if (after != null) {
            RESERVES.add(after);
        }
    }

    /** Promises bytes without asking, for what must not fail as long as there is any memory. */
    static void promise(long bytes) {
        PROMISED.addAndGet(bytes);
    }

    /** Returns whether a number of bytes would be promised without collecting garbage. */
    static boolean has(long bytes, long sharedBytes) {
        return fits(sharedBytes + bytes);
    }

    /** Says that promised bytes have been allocated, or never will be. */
    static void settle(long bytes) {
        PROMISED.addAndGet(-bytes);
    }

    private static boolean fits(long more) {
        Runtime runtime = Runtime.getRuntime();
        long free = HEAP - runtime.totalMemory() + runtime.freeMemory();
        return free - PROMISED.get() - RESERVE >= Math.min(more, Long.MAX_VALUE - HEAP);
    }

    /** Returns how much of shared memory not written yet is taken into account. */
    static long shared(long unallocatedBytes) {
        return Math.min(unallocatedBytes, SHARED_MAX);
    }

    /** Returns what is promised now, for tests. */
    public static long promisedBytes() {
        return PROMISED.get();
    }
}
