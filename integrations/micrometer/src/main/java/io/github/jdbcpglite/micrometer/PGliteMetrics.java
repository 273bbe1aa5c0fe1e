package io.github.jdbcpglite.micrometer;

import io.github.jdbcpglite.jdbc.PGliteClusterInfo;
import io.github.jdbcpglite.jdbc.PGliteClusterMetrics;
import io.github.jdbcpglite.jdbc.PGliteClusters;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;
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
        bindConnections(registry);
        bindMemory(registry);
        timer(
                registry,
                "pglite.backend.starts",
                "Backends that became ready for statements, and the time until they were",
                PGliteClusterMetrics::getBackendStarts,
                PGliteClusterMetrics::getBackendStartNanos);
        timer(
                registry,
                "pglite.turn.waits",
                "Waits of processes for their turn, as one of a cluster runs at a time",
                PGliteClusterMetrics::getTurnWaits,
                PGliteClusterMetrics::getTurnWaitNanos);
        counter(
                registry,
                "pglite.checkpoints",
                "Checkpoints that were completed",
                null,
                PGliteClusterMetrics::getCheckpoints);
        counter(
                registry,
                "pglite.received",
                "What clients have sent",
                "bytes",
                PGliteClusterMetrics::getBytesReceived);
        counter(
                registry,
                "pglite.sent",
                "What was sent to clients",
                "bytes",
                PGliteClusterMetrics::getBytesSent);
        counter(
                registry,
                "pglite.traps",
                "Processes that ended by a trap or a failing host function",
                null,
                PGliteClusterMetrics::getTraps);
        counter(
                registry,
                "pglite.crashes",
                "Traps that ended all processes of a cluster",
                null,
                PGliteClusterMetrics::getCrashes);
    }

    private void bindConnections(MeterRegistry registry) {
        connections(registry, "active", PGliteClusterMetrics::getActiveConnections);
        connections(registry, "idle", PGliteClusterMetrics::getIdleConnections);
        connections(registry, "lock", PGliteClusterMetrics::getLockedConnections);
        connections(registry, "other", PGliteClusterMetrics::getOtherConnections);
        Gauge.builder(
                        "pglite.auxiliary.processes",
                        () -> now(PGliteClusterMetrics::getAuxiliaryProcesses))
                .description("PostgreSQL's own processes that run, such as autovacuum")
                .tags(tags())
                .register(registry);
    }

    private void connections(
            MeterRegistry registry, String state, ToDoubleFunction<PGliteClusterMetrics> value) {
        Gauge.builder("pglite.connections", () -> now(value))
                .description("Client backends by what they do or wait for")
                .tags(tags().and("state", state))
                .register(registry);
    }

    private void bindMemory(MeterRegistry registry) {
        memory(registry, "private", PGliteClusterMetrics::getPrivateMemoryBytes);
        memory(registry, "shared", PGliteClusterMetrics::getSharedMemoryBytes);
        memory(registry, "files", metrics -> Math.max(0, metrics.getFileMemoryBytes()));
    }

    private void memory(
            MeterRegistry registry, String area, ToDoubleFunction<PGliteClusterMetrics> value) {
        Gauge.builder("pglite.memory", () -> now(value))
                .description("Memory that clusters have for themselves")
                .baseUnit("bytes")
                .tags(tags().and("area", area))
                .register(registry);
    }

    private void counter(
            MeterRegistry registry,
            String name,
            String description,
            @Nullable String unit,
            ToDoubleFunction<PGliteClusterMetrics> value) {
        // The meter keeps its object weakly and the function, which holds the binder, for good.
        FunctionCounter.builder(name, this, ignored -> counted(value))
                .description(description)
                .baseUnit(unit)
                .tags(tags())
                .register(registry);
    }

    private void timer(
            MeterRegistry registry,
            String name,
            String description,
            ToLongFunction<PGliteClusterMetrics> count,
            ToDoubleFunction<PGliteClusterMetrics> nanos) {
        FunctionTimer.builder(
                        name,
                        this,
                        ignored -> read().map(count::applyAsLong).orElse(0L),
                        ignored -> counted(nanos),
                        TimeUnit.NANOSECONDS)
                .description(description)
                .tags(tags())
                .register(registry);
    }

    private Tags tags() {
        return cluster == null ? Tags.empty() : Tags.of("cluster", cluster);
    }

    private double counted(ToDoubleFunction<PGliteClusterMetrics> value) {
        return read().map(value::applyAsDouble).orElse(0.0);
    }

    private double now(ToDoubleFunction<PGliteClusterMetrics> value) {
        return read().map(value::applyAsDouble).orElse(Double.NaN);
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
