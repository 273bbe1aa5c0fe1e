package io.github.jdbcpglite.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jdbcpglite.examples.liquibase.LiquibaseApplication;
import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

class LiquibaseApplicationTest {
    @Test
    void startsAndWorks() {
        try (ConfigurableApplicationContext context =
                Samples.start(LiquibaseApplication.class, "liquibase")) {
            JdbcClient client = context.getBean(JdbcClient.class);
            assertThat(client.sql("SELECT title FROM book").query(String.class).list())
                    .containsExactly("changed");
            assertThat(client.sql("SELECT id FROM databasechangelog").query(String.class).list())
                    .containsExactly("1");
        }
    }
}
