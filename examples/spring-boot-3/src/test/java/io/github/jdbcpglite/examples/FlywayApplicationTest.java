package io.github.jdbcpglite.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jdbcpglite.examples.flyway.FlywayApplication;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

class FlywayApplicationTest {
    @Test
    void startsAndWorks() {
        try (ConfigurableApplicationContext context =
                Samples.start(FlywayApplication.class, "flyway")) {
            JdbcClient client = context.getBean(JdbcClient.class);
            assertThat(client.sql("SELECT title FROM book").query(String.class).list())
                    .containsExactly("migrated");
            assertThat(context.getBean(Flyway.class).info().applied()).hasSize(1);
        }
    }
}
