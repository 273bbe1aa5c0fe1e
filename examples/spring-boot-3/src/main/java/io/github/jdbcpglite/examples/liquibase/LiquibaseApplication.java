package io.github.jdbcpglite.examples.liquibase;

import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** Changes the schema when it starts. */
@SpringBootApplication
public class LiquibaseApplication {
    /** Makes the application, as Spring does. */
    public LiquibaseApplication() {}

    /** Starts it. */
    public static ConfigurableApplicationContext start(String... args) {
        return new SpringApplicationBuilder(LiquibaseApplication.class)
                .profiles("liquibase")
                .run(args);
    }
}
