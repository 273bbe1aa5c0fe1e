package io.github.jdbcpglite.micrometer;

import io.github.jdbcpglite.jdbc.PGliteClusterInfo;
import io.github.jdbcpglite.jdbc.PGliteClusters;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;

/**
 * Gauges of the clusters that are open in this JVM: {@code pglite.clusters}, how many there are,
 * and {@code pglite.connections}, how many backends they have together. Thread-safe.
 */
public final class PGliteMetrics implements MeterBinder {
    /** Makes the binder. */
    public PGliteMetrics() {}

    @Override
    public void bindTo(MeterRegistry registry) {
        Gauge.builder("pglite.clusters", () -> PGliteClusters.open().size())
                .description("PGlite clusters that are open in this JVM")
                .register(registry);
        Gauge.builder("pglite.connections", PGliteMetrics::connections)
                .description("Backends of all PGlite clusters of this JVM")
                .register(registry);
    }

    private static int connections() {
        return PGliteClusters.open().stream().mapToInt(PGliteClusterInfo::getConnections).sum();
    }
}
