package io.github.jdbcpglite.examples.jdbc;

import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** Plain SQL. */
@SpringBootApplication
public class JdbcApplication {
    /** Makes the application, as Spring does. */
    public JdbcApplication() {}

    /** Starts it. */
    public static ConfigurableApplicationContext start(String... args) {
        return new SpringApplicationBuilder(JdbcApplication.class).profiles("jdbc").run(args);
    }
}
