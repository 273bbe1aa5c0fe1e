package io.github.jdbcpglite.micrometer;

import io.github.jdbcpglite.jdbc.PGliteClusterInfo;
import io.github.jdbcpglite.jdbc.PGliteClusterMetrics;
import io.github.jdbcpglite.jdbc.PGliteClusters;
import io.github.jdbcpglite.jdbc.PGliteMetric;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Meters of the clusters of this JVM, of all together or of one; the names are in the
 * documentation, under "Logs, JMX, metrics". Thread-safe.
 *
 * <p>Sums over all clusters hold those that were closed too, so that no counter ever falls.
 */
public final class PGliteMetrics implements MeterBinder {
    private final @Nullable String cluster;

    /** Makes a binder of the sums over all clusters. */
    public PGliteMetrics() {
        this(null);
    }

    private PGliteMetrics(@Nullable String cluster) {
        this.cluster = cluster;
    }

    /**
     * Makes a binder of one cluster, whose meters have the tag {@code cluster}. While the cluster
     * is closed its gauges have no value; its counters start again when it is opened again.
     *
     * <p>Some registries, Prometheus's for one, want the same tags on all meters of a name: bind
     * either the sums there or single clusters.
     *
     * @param name as {@link PGliteClusterInfo#getName} says it, such as {@code memory:app}
     */
    public static PGliteMetrics ofCluster(String name) {
        return new PGliteMetrics(name);
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        if (cluster == null) {
            Gauge.builder("pglite.clusters", () -> PGliteClusters.open().size())
                    .description("Clusters that are open in this JVM")
                    .register(registry);
        }
        for (PGliteMetric metric : PGliteMetric.all()) {
            switch (metric.getKind()) {
                case GAUGE -> gauge(registry, metric);
                case COUNTER -> counter(registry, metric);
                case COUNT -> timer(registry, metric);
                case NANOS -> {
                    // With the count of the same meter.
                }
            }
        }
    }

    private void gauge(MeterRegistry registry, PGliteMetric metric) {
        Gauge.builder(metric.getMeter(), () -> now(metric))
                .description(metric.getMeterDescription())
                .baseUnit(unit(metric))
                .tags(tags(metric))
                .register(registry);
    }

    private void counter(MeterRegistry registry, PGliteMetric metric) {
        // The meter keeps its object weakly and the function, which holds the binder, for good.
        FunctionCounter.builder(metric.getMeter(), this, ignored -> counted(metric))
                .description(metric.getMeterDescription())
                .baseUnit(unit(metric))
                .tags(tags(metric))
                .register(registry);
    }

    private void timer(MeterRegistry registry, PGliteMetric count) {
        PGliteMetric nanos =
                PGliteMetric.all().stream()
                        .filter(other -> other.getMeter().equals(count.getMeter()))
                        .filter(other -> other.getKind() == PGliteMetric.Kind.NANOS)
                        .findFirst()
                        .orElseThrow();
        FunctionTimer.builder(
                        count.getMeter(),
                        this,
                        ignored -> counted(count),
                        ignored -> counted(nanos),
                        TimeUnit.NANOSECONDS)
                .description(count.getMeterDescription())
                .tags(tags(count))
                .register(registry);
    }

    private static @Nullable String unit(PGliteMetric metric) {
        return metric.getUnit().isEmpty() ? null : metric.getUnit();
    }

    private Tags tags(PGliteMetric metric) {
        Tags tags = cluster == null ? Tags.empty() : Tags.of("cluster", cluster);
        return metric.getTag().isEmpty() ? tags : tags.and(metric.getTag(), metric.getTagValue());
    }

    private long counted(PGliteMetric metric) {
        return read().map(metrics -> metrics.get(metric)).orElse(0L);
    }

    private double now(PGliteMetric metric) {
        return read().map(metrics -> (double) Math.max(0, metrics.get(metric))).orElse(Double.NaN);
    }

    private Optional<PGliteClusterMetrics> read() {
        if (cluster == null) {
            return Optional.of(PGliteClusters.totals());
        }
        return PGliteClusters.open().stream()
                .filter(open -> open.getName().equals(cluster))
                .findFirst()
                .map(PGliteClusterInfo::getMetrics);
    }
}
