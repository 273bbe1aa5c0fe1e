package io.github.jdbcpglite.jdbc.internal.cluster;

import java.util.HashSet;
import java.util.Set;

/**
 * A time in which somebody uses clusters whether he has connections or not, and after which nobody
 * would need those that were opened for him. Thread-safe.
 */
public final class ClusterScope implements AutoCloseable {
    /** How many clusters had been opened when it began: those are not its own. */
    final long begin;

    /** Guarded by the registry's monitor, as is {@link #ended}. */
    final Set<String> keys = new HashSet<>();

    boolean ended;

    private final ClusterRegistry registry;

    ClusterScope(ClusterRegistry registry, long begin) {
        this.registry = registry;
        this.begin = begin;
    }

    /** Adds a cluster that is open, or may be opened later. Does nothing after the end. */
    public void add(String key) {
        registry.addTo(this, key);
    }

    /**
     * Ends it. Clusters of this scope that no other has, and for whose closing nobody has written
     * something down, close with their last user: those without a user now, before this returns.
     * Unless the JVM is ending, which closes what has to be closed after everybody. Idempotent.
     */
    @Override
    public void close() {
        registry.end(this);
    }
}
