package io.github.jdbcpglite.spring;

import java.util.concurrent.Callable;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What DevTools starts again with a class loader of its own. */
public final class RestartedApplication implements Callable<Long> {
    static final String URL = "jdbc:pglite:memory:devtools";

    @SpringBootConfiguration
    @EnableAutoConfiguration
    static class Configuration {}

    /** Needed by the test, which makes it by reflection. */
    public RestartedApplication() {}

    /** Starts, notes that in the database, ends, and returns how many starts are noted. */
    @Override
    public Long call() {
        try (ConfigurableApplicationContext context =
                new SpringApplication(Configuration.class)
                        .run("--spring.datasource.url=" + URL, "--spring.sql.init.mode=never")) {
            JdbcClient client = context.getBean(JdbcClient.class);
            client.sql("CREATE TABLE IF NOT EXISTS start (at timestamptz DEFAULT now())").update();
            client.sql("INSERT INTO start DEFAULT VALUES").update();
            return client.sql("SELECT count(*) FROM start").query(Long.class).single();
        }
    }
}
