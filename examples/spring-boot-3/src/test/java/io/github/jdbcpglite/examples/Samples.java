package io.github.jdbcpglite.examples;

import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** Starts samples as their users would, each with its profile. */
final class Samples {
    private Samples() {}

    static ConfigurableApplicationContext start(Class<?> application, String profile) {
        return new SpringApplicationBuilder(application).profiles(profile).run();
    }
}
