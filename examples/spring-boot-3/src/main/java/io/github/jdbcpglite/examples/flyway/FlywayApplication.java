package io.github.jdbcpglite.examples.flyway;

import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** Migrates when it starts. */
@SpringBootApplication
public class FlywayApplication {
    /** Makes the application, as Spring does. */
    public FlywayApplication() {}

    /** Starts it. */
    public static ConfigurableApplicationContext start(String... args) {
        return new SpringApplicationBuilder(FlywayApplication.class).profiles("flyway").run(args);
    }
}
