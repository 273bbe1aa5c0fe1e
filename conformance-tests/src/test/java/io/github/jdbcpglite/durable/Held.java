package io.github.jdbcpglite.durable;

import io.github.jdbcpglite.engine.budget.HeapRoom;
import java.lang.management.ManagementFactory;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import javax.management.AttributeNotFoundException;
import javax.management.JMException;

/**
 * What clusters of this JVM hold: promises of heap, threads, descriptors, locks on directories.
 *
 * @param promisedBytes of the heap
 * @param threads by name
 * @param descriptors of the process; 0 where they cannot be counted
 * @param locks properties that stand for locks
 */
record Held(long promisedBytes, Set<String> threads, long descriptors, Set<String> locks) {
    private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    static Held now() {
        Set<String> threads = new TreeSet<>();
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            if (thread.getName().contains("pglite")) {
                threads.add(thread.getName() + " " + thread.getId());
            }
        }
        Set<String> locks = new TreeSet<>();
        for (String name : System.getProperties().stringPropertyNames()) {
            if (name.startsWith("io.github.jdbcpglite.open.")) {
                locks.add(name);
            }
        }
        return new Held(HeapRoom.promisedBytes(), threads, openDescriptors(), locks);
    }

    private static long openDescriptors() {
        try {
            Object count =
                    ManagementFactory.getPlatformMBeanServer()
                            .getAttribute(
                                    ManagementFactory.getOperatingSystemMXBean().getObjectName(),
                                    "OpenFileDescriptorCount");
            return (Long) count;
        } catch (AttributeNotFoundException e) {
            return 0; // as on Windows
        } catch (JMException e) {
            throw new AssertionError(e);
        }
    }

    private boolean isWithin(Held before) {
        return promisedBytes <= before.promisedBytes
                && before.threads.containsAll(threads)
                && descriptors <= before.descriptors
                && before.locks.containsAll(locks);
    }

    /** Waits until no more is held than at a moment before; threads need a while to end. */
    static void awaitNoMoreThan(Held before, String after) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(Db.DEADLINE_SECONDS);
        Held now = now();
        while (!now.isWithin(before)) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError(after + ": held before " + before + ", now " + now);
            }
            LockSupport.parkNanos(POLL_NANOS);
            now = now();
        }
    }
}
