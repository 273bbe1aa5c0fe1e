package io.github.jdbcpglite.examples.mybatis;

import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** A mapper. */
@SpringBootApplication
public class MybatisApplication {
    /** Makes the application, as Spring does. */
    public MybatisApplication() {}

    /** Starts it. */
    public static ConfigurableApplicationContext start(String... args) {
        return new SpringApplicationBuilder(MybatisApplication.class).profiles("mybatis").run(args);
    }
}
