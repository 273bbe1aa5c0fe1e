package io.github.jdbcpglite.postgres.cluster;

import java.util.EnumMap;
import java.util.Map;

/**
 * What happens in a cluster at about one moment, and what has happened since it was opened: a value
 * for each {@link ClusterMetric}. Immutable.
 */
public final class ClusterMetrics {
    /** Of no cluster at all. */
    public static final ClusterMetrics NONE = new ClusterMetrics(Map.of());

    private final Map<ClusterMetric, Long> values = new EnumMap<>(ClusterMetric.class);

    /**
     * Makes metrics.
     *
     * @param values copied; one that is absent is zero
     */
    public ClusterMetrics(Map<ClusterMetric, Long> values) {
        this.values.putAll(values);
    }

    /** Returns a value; gauges are not negative, but for files of a directory. */
    public long get(ClusterMetric metric) {
        return values.getOrDefault(metric, 0L);
    }

    /** Returns the sums of this and of another cluster's; what is -1 counts for nothing. */
    public ClusterMetrics plus(ClusterMetrics other) {
        Map<ClusterMetric, Long> sums = new EnumMap<>(ClusterMetric.class);
        for (ClusterMetric metric : ClusterMetric.values()) {
            sums.put(metric, Math.max(0, get(metric)) + Math.max(0, other.get(metric)));
        }
        return new ClusterMetrics(sums);
    }

    /** Returns what is left of this when the cluster has been closed: what was counted. */
    public ClusterMetrics ofClosed() {
        Map<ClusterMetric, Long> left = new EnumMap<>(values);
        left.keySet().removeIf(metric -> !metric.survivesClose());
        return new ClusterMetrics(left);
    }

    @Override
    public String toString() {
        return "ClusterMetrics" + values;
    }
}
