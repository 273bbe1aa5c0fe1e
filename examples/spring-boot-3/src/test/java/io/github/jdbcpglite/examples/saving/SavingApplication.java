package io.github.jdbcpglite.examples.saving;

import jakarta.annotation.PreDestroy;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * A web application that saves something when it starts, and again when it is told to end. With
 * {@code slow-start} it is told so while it starts.
 */
@SpringBootApplication
public class SavingApplication {
    /** Longer than a cluster takes to close. */
    private static final long PAUSE_MILLIS = 1500;

    private static final PrintStream OUT =
            new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);

    private final JdbcClient client;

    SavingApplication(JdbcClient client) throws InterruptedException {
        this.client = client;
        client.sql("create table if not exists saved (what text)").update();
        if (Boolean.getBoolean("slow-start")) {
            OUT.println("starting");
            pause();
        }
        client.sql("insert into saved values ('at the start')").update();
    }

    public static void main(String[] arguments) {
        SpringApplication.run(SavingApplication.class, arguments);
    }

    @Bean
    ApplicationRunner ready() {
        return arguments -> OUT.println("ready");
    }

    @PreDestroy
    void save() throws InterruptedException {
        pause();
        client.sql("insert into saved values ('at the end')").update();
        OUT.println("saved");
    }

    private static void pause() throws InterruptedException {
        if (new CountDownLatch(1).await(PAUSE_MILLIS, TimeUnit.MILLISECONDS)) {
            throw new AssertionError("nobody counts down");
        }
    }
}
