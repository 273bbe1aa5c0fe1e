package io.github.jdbcpglite.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jdbcpglite.examples.batch.BatchApplication;
import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

class BatchApplicationTest {
    @Test
    void startsAndWorks() {
        try (ConfigurableApplicationContext context =
                Samples.start(BatchApplication.class, "batch")) {
            JdbcClient client = context.getBean(JdbcClient.class);
            assertThat(client.sql("SELECT title FROM book").query(String.class).list())
                    .containsExactly("migrated", "batched");
            assertThat(
                            client.sql("SELECT status FROM batch_job_execution")
                                    .query(String.class)
                                    .list())
                    .containsExactly("COMPLETED");
        }
    }
}
