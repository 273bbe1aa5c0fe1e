package io.github.jdbcpglite.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jdbcpglite.examples.jdbc.JdbcApplication;
import io.micrometer.core.instrument.MeterRegistry;
import org.junit.jupiter.api.Test;
import org.springframework.boot.actuate.health.HealthEndpoint;
import org.springframework.boot.actuate.health.Status;
import org.springframework.context.ConfigurableApplicationContext;

class ActuatorTest {
    @Test
    void tellsHealthAndMetrics() {
        try (ConfigurableApplicationContext context = Samples.start(JdbcApplication.class, "jdbc")) {
            HealthEndpoint health = context.getBean(HealthEndpoint.class);
            assertThat(health.healthForPath("db").getStatus()).isEqualTo(Status.UP);
            MeterRegistry meters = context.getBean(MeterRegistry.class);
            assertThat(meters.get("hikaricp.connections.max").gauge().value()).isEqualTo(10);
            assertThat(meters.get("pglite.received").functionCounter().count()).isPositive();
        }
    }
}
