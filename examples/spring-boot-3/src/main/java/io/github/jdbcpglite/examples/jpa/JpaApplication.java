package io.github.jdbcpglite.examples.jpa;

import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** Entities and a repository; Hibernate creates the tables. */
@SpringBootApplication
public class JpaApplication {
    /** Makes the application, as Spring does. */
    public JpaApplication() {}

    /** Starts it. */
    public static ConfigurableApplicationContext start(String... args) {
        return new SpringApplicationBuilder(JpaApplication.class).profiles("jpa").run(args);
    }
}
