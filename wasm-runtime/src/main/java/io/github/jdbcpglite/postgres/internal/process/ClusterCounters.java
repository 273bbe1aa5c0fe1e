package io.github.jdbcpglite.postgres.internal.process;

import io.github.jdbcpglite.postgres.channel.ServerEnd;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;

/**
 * What has happened in a cluster since it was opened, crashes and recoveries included. No number
 * ever falls. Thread-safe.
 *
 * <p>Counting is off the paths of statements: the giant lock counts only who has to wait for it,
 * and bytes are counted by the pipes they go through.
 */
public final class ClusterCounters {
    private final LongAdder backendStarts = new LongAdder();
    private final LongAdder backendStartNanos = new LongAdder();
    private final LongAdder turnWaits = new LongAdder();
    private final LongAdder turnWaitNanos = new LongAdder();
    private final LongAdder traps = new LongAdder();
    private final LongAdder crashes = new LongAdder();

    // Guarded by this.
    private final Set<ServerEnd> channels = new HashSet<>();
    private long bytesReceived;
    private long bytesSent;

    /** Makes counters that are all zero. */
    public ClusterCounters() {}

    /** A backend has begun to read statements. */
    void backendStarted(long nanos) {
        backendStarts.increment();
        backendStartNanos.add(nanos);
    }

    /** Somebody has waited for the giant lock. */
    void waitedForTurn(long nanos) {
        turnWaits.increment();
        turnWaitNanos.add(nanos);
    }

    /** A process has ended by a trap or a failing host function. */
    public void trapped() {
        traps.increment();
    }

    /** Such an end has ended every process of the cluster. */
    public void crashed() {
        crashes.increment();
    }

    /** A client's connection is there. */
    public synchronized void opened(ServerEnd channel) {
        channels.add(channel);
    }

    /** A client's connection has ended: its bytes are added to the sums. */
    public synchronized void ended(ServerEnd channel) {
        if (channels.remove(channel)) {
            bytesReceived += channel.bytesReceived();
            bytesSent += channel.bytesSent();
        }
    }

    /** Returns how many backends became ready for statements. */
    public long backendStarts() {
        return backendStarts.sum();
    }

    /** Returns the nanoseconds that those took together, from the request until they were ready. */
    public long backendStartNanos() {
        return backendStartNanos.sum();
    }

    /** Returns how often a process had to wait for the giant lock. */
    public long turnWaits() {
        return turnWaits.sum();
    }

    /** Returns the nanoseconds of those waits together. */
    public long turnWaitNanos() {
        return turnWaitNanos.sum();
    }

    /** Returns how many processes ended by a trap or a failing host function. */
    public long traps() {
        return traps.sum();
    }

    /** Returns how many of those ended every process of the cluster. */
    public long crashes() {
        return crashes.sum();
    }

    /** Returns the bytes that backends have read from clients. */
    public synchronized long bytesReceived() {
        return bytesReceived + channels.stream().mapToLong(ServerEnd::bytesReceived).sum();
    }

    /** Returns the bytes that backends have written to clients. */
    public synchronized long bytesSent() {
        return bytesSent + channels.stream().mapToLong(ServerEnd::bytesSent).sum();
    }
}
