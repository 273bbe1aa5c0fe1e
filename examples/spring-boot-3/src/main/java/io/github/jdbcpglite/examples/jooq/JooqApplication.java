package io.github.jdbcpglite.examples.jooq;

import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** Queries without generated code. */
@SpringBootApplication
public class JooqApplication {
    /** Makes the application, as Spring does. */
    public JooqApplication() {}

    /** Starts it. */
    public static ConfigurableApplicationContext start(String... args) {
        return new SpringApplicationBuilder(JooqApplication.class).profiles("jooq").run(args);
    }
}
