package io.github.jdbcpglite.micrometer;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class PGliteMetricsTest {
    private static final long DEADLINE_SECONDS = 60;

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

    @Test
    void countsClustersAndConnections() throws Exception {
        new PGliteMetrics().bindTo(registry);
        assertThat(registry.get("pglite.clusters").gauge().value()).isZero();
        try (Connection one = DriverManager.getConnection("jdbc:pglite:temp:");
                Connection two = DriverManager.getConnection("jdbc:pglite:temp:")) {
            assertThat(one.isValid(10) && two.isValid(10)).isTrue();
            assertThat(registry.get("pglite.clusters").gauge().value()).isEqualTo(2);
            assertThat(connections()).isEqualTo(2);
        }
        assertThat(connections()).isZero();
    }

    @Test
    void countersOfAllClustersOnlyGrow() throws Exception {
        new PGliteMetrics().bindTo(registry);
        double before = counter("pglite.checkpoints");
        checkpoint("jdbc:pglite:temp:");
        assertThat(counter("pglite.checkpoints")).isEqualTo(before + 1);
        assertThat(counter("pglite.received")).isPositive();
        assertThat(counter("pglite.sent")).isPositive();
        assertThat(registry.get("pglite.backend.starts").functionTimer().count()).isPositive();
        assertThat(
                        registry.get("pglite.backend.starts")
                                .functionTimer()
                                .totalTime(TimeUnit.MILLISECONDS))
                .isPositive();
    }

    @Test
    void bindsOneClusterWithItsName() throws Exception {
        PGliteMetrics.ofCluster("memory:metered").bindTo(registry);
        Gauge idle = registry.get("pglite.connections").tag("state", "idle").gauge();
        Gauge memory = registry.get("pglite.memory").tag("area", "private").gauge();
        assertThat(memory.value()).as("of a cluster that is closed").isNaN();
        String url = "jdbc:pglite:memory:metered?pglite.close=last";
        try (Connection other = DriverManager.getConnection("jdbc:pglite:temp:");
                Connection connection = DriverManager.getConnection(url)) {
            assertThat(connection.isValid(10) && other.isValid(10)).isTrue();
            awaitValue(idle, 1);
            assertThat(memory.value()).isPositive();
            checkpoint(url);
            assertThat(counter("pglite.checkpoints")).isEqualTo(1);
        }
        assertThat(registry.getMeters())
                .extracting(meter -> meter.getId().getTag("cluster"))
                .containsOnly("memory:metered");
    }

    /** Dashboards have these names. */
    @Test
    void metersKeepTheirNamesKindsAndUnits() {
        new PGliteMetrics().bindTo(registry);
        assertThat(registry.getMeters().stream().map(Meter::getId))
                .extracting(
                        id ->
                                id.getName()
                                        + id.getTags().stream()
                                                .map(
                                                        tag ->
                                                                " "
                                                                        + tag.getKey()
                                                                        + "="
                                                                        + tag.getValue())
                                                .collect(Collectors.joining())
                                        + " "
                                        + id.getType()
                                        + (id.getBaseUnit() == null ? "" : " " + id.getBaseUnit()))
                .containsExactlyInAnyOrder(
                        "pglite.clusters GAUGE",
                        "pglite.connections state=active GAUGE",
                        "pglite.connections state=idle GAUGE",
                        "pglite.connections state=lock GAUGE",
                        "pglite.connections state=other GAUGE",
                        "pglite.auxiliary.processes GAUGE",
                        "pglite.backend.starts TIMER seconds",
                        "pglite.turn.waits TIMER seconds",
                        "pglite.checkpoints COUNTER",
                        "pglite.received COUNTER bytes",
                        "pglite.sent COUNTER bytes",
                        "pglite.traps COUNTER",
                        "pglite.crashes COUNTER",
                        "pglite.memory area=private GAUGE bytes",
                        "pglite.memory area=shared GAUGE bytes",
                        "pglite.memory area=files GAUGE bytes");
    }

    private static void checkpoint(String url) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            statement.execute("checkpoint");
        }
    }

    private double counter(String name) {
        return registry.get(name).functionCounter().count();
    }

    private double connections() {
        return registry.get("pglite.connections").gauges().stream().mapToDouble(Gauge::value).sum();
    }

    private static void awaitValue(Gauge gauge, double value) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(DEADLINE_SECONDS);
        while (gauge.value() != value) {
            assertThat(System.nanoTime()).as("stays %s", gauge.value()).isLessThan(deadline);
            Thread.onSpinWait();
        }
    }
}
