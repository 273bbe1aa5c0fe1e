package io.github.jdbcpglite.examples.quartz;

import java.util.concurrent.CountDownLatch;
import org.quartz.Job;
import org.quartz.JobBuilder;
import org.quartz.JobDetail;
import org.quartz.JobExecutionContext;
import org.quartz.Trigger;
import org.quartz.TriggerBuilder;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;

/** A job that runs once, from the JDBC job store. */
@SpringBootApplication
public class QuartzApplication {
    /** Opens when the job has run. */
    @Bean
    CountDownLatch done() {
        return new CountDownLatch(1);
    }

    /** Says which job there is. */
    @Bean
    JobDetail job() {
        return JobBuilder.newJob(Work.class).withIdentity("work").storeDurably().build();
    }

    /** Says when it runs. */
    @Bean
    Trigger trigger(JobDetail job) {
        return TriggerBuilder.newTrigger().forJob(job).withIdentity("now").startNow().build();
    }

    /** The job. */
    public static class Work implements Job {
        private final CountDownLatch done;

        /** Makes the job, as Spring's job factory does for each run. */
        public Work(CountDownLatch done) {
            this.done = done;
        }

        @Override
        public void execute(JobExecutionContext context) {
            done.countDown();
        }
    }
}
