package io.github.jdbcpglite.jdbc;

import io.github.jdbcpglite.postgres.cluster.ClusterMetric;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * One number about clusters, for who passes all of them on to a system of metrics; {@link
 * PGliteClusterMetrics#get} has its value. Immutable.
 */
public final class PGliteMetric {
    private static final String PREFIX = "pglite.";
    private static final List<PGliteMetric> ALL =
            Arrays.stream(ClusterMetric.values()).map(PGliteMetric::new).toList();

    /** What a number says. */
    public enum Kind {
        /** What is so now. */
        GAUGE,
        /** What has happened; it never falls while the cluster is open, not even by a crash. */
        COUNTER,
        /** As a counter, of events whose time is another metric with the same meter. */
        COUNT,
        /** The time of those events in nanoseconds. */
        NANOS
    }

    private final ClusterMetric metric;

    private PGliteMetric(ClusterMetric metric) {
        this.metric = metric;
    }

    /** Returns all metrics, those of one meter beside each other. */
    public static List<PGliteMetric> all() {
        return ALL;
    }

    ClusterMetric metric() {
        return metric;
    }

    /** Returns its own name, such as {@code ACTIVE_CONNECTIONS}. */
    public String getName() {
        return metric.name();
    }

    /** Returns the name of its meter, such as {@code pglite.connections}. */
    public String getMeter() {
        return PREFIX + metric.meter();
    }

    /** Returns the tag that tells it from others of its meter, or an empty text. */
    public String getTag() {
        return metric.tag();
    }

    /** Returns the value of that tag, or an empty text. */
    public String getTagValue() {
        return metric.tagValue();
    }

    /** Returns what it says. */
    public Kind getKind() {
        return Kind.valueOf(metric.kind().name());
    }

    /** Returns its unit, such as {@code bytes}, or an empty text for what is only counted. */
    public String getUnit() {
        return metric.unit();
    }

    /** Returns what its meter is, in a phrase of English. */
    public String getMeterDescription() {
        String text = metric.meterDescription();
        return text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
    }

    /** Returns what it is itself, in a phrase of English. */
    public String getDescription() {
        return metric.description();
    }

    @Override
    public String toString() {
        return getName();
    }
}
