package io.github.jdbcpglite.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jdbcpglite.examples.jdbc.JdbcApplication;
import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

class JdbcApplicationTest {
    @Test
    void startsAndWorks() {
        try (ConfigurableApplicationContext context =
                Samples.start(JdbcApplication.class, "jdbc")) {
            JdbcClient client = context.getBean(JdbcClient.class);
            client.sql("INSERT INTO book (title) VALUES (:title)").param("title", "new").update();
            assertThat(client.sql("SELECT title FROM book").query(String.class).list())
                    .containsExactly("migrated", "new");
        }
    }
}
