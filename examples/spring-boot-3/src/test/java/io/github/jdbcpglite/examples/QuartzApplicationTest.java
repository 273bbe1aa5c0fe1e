package io.github.jdbcpglite.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jdbcpglite.examples.quartz.QuartzApplication;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

class QuartzApplicationTest {
    @Test
    void startsAndWorks() throws InterruptedException {
        try (ConfigurableApplicationContext context =
                Samples.start(QuartzApplication.class, "quartz")) {
            CountDownLatch done = context.getBean(CountDownLatch.class);
            assertThat(done.await(60, TimeUnit.SECONDS)).isTrue();
            JdbcClient client = context.getBean(JdbcClient.class);
            assertThat(
                            client.sql("SELECT job_name FROM qrtz_job_details")
                                    .query(String.class)
                                    .list())
                    .containsExactly("work");
        }
    }
}
