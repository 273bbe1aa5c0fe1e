package io.github.jdbcpglite.spring;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

class EnablePGliteTest {
    @SpringBootConfiguration
    @EnableAutoConfiguration
    @EnablePGlite(url = "jdbc:pglite:memory:${random.uuid}")
    static class Application {}

    @Test
    void startsWithoutAnyProperty() {
        try (ConfigurableApplicationContext context =
                new SpringApplication(Application.class).run()) {
            assertThat(context.getBean(HikariDataSource.class).getJdbcUrl())
                    .matches("jdbc:pglite:memory:[0-9a-f-]{36}");
            assertThat(
                            context.getBean(JdbcClient.class)
                                    .sql("SELECT name FROM item")
                                    .query(String.class)
                                    .single())
                    .isEqualTo("of schema.sql");
        }
    }
}
