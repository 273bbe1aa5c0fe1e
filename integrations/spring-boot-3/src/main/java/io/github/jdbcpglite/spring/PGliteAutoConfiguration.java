package io.github.jdbcpglite.spring;

import io.github.jdbcpglite.jdbc.PGliteDriver;
import io.github.jdbcpglite.micrometer.PGliteMetrics;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/** Adds PGlite's meters where Micrometer is present. */
@AutoConfiguration
@ConditionalOnClass({MeterBinder.class, PGliteDriver.class})
public final class PGliteAutoConfiguration {
    /** Makes the configuration, as Spring does. */
    public PGliteAutoConfiguration() {}

    /** Returns the binder, which Spring Boot binds to every registry. */
    @Bean
    @ConditionalOnMissingBean
    PGliteMetrics pgliteMetrics() {
        return new PGliteMetrics();
    }
}
