package io.github.jdbcpglite.spring;

import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;

/** Adds the {@link PGliteDefaults} when an application starts. */
final class PGliteEnvironmentPostProcessor implements EnvironmentPostProcessor, Ordered {
    PGliteEnvironmentPostProcessor() {}

    @Override
    public void postProcessEnvironment(
            ConfigurableEnvironment environment, SpringApplication application) {
        PGliteDefaults.addTo(environment);
    }

    @Override
    public int getOrder() {
        return LOWEST_PRECEDENCE;
    }
}
