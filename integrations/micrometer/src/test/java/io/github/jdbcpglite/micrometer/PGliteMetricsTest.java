package io.github.jdbcpglite.micrometer;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.sql.Connection;
import java.sql.DriverManager;
import org.junit.jupiter.api.Test;

class PGliteMetricsTest {
    @Test
    void countsClustersAndConnections() throws Exception {
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        new PGliteMetrics().bindTo(registry);
        assertThat(registry.get("pglite.clusters").gauge().value()).isZero();
        try (Connection one = DriverManager.getConnection("jdbc:pglite:temp:");
                Connection two = DriverManager.getConnection("jdbc:pglite:temp:")) {
            assertThat(one.isValid(10) && two.isValid(10)).isTrue();
            assertThat(registry.get("pglite.clusters").gauge().value()).isEqualTo(2);
            assertThat(registry.get("pglite.connections").gauge().value()).isEqualTo(2);
        }
        assertThat(registry.get("pglite.connections").gauge().value()).isZero();
    }
}
