package io.github.jdbcpglite.examples.batch;

import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.builder.JobBuilder;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.core.step.builder.StepBuilder;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;

/** A job of one step that runs when the application starts. */
@SpringBootApplication
public class BatchApplication {
    /** Says which job there is. */
    @Bean
    Job job(JobRepository repository, Step step) {
        return new JobBuilder("books", repository).start(step).build();
    }

    /** Says what it does. */
    @Bean
    Step step(
            JobRepository repository, PlatformTransactionManager transactions, JdbcClient client) {
        return new StepBuilder("insert", repository)
                .tasklet(
                        (contribution, context) -> {
                            client.sql("INSERT INTO book (title) VALUES ('batched')").update();
                            return RepeatStatus.FINISHED;
                        },
                        transactions)
                .build();
    }
}
