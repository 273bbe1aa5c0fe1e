package io.github.jdbcpglite.spring;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.context.annotation.Import;

/**
 * Gives an application a PGlite database without a URL in its configuration, by a bean of Spring
 * Boot's {@code JdbcConnectionDetails}. It wins over {@code spring.datasource.url}.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@Import(PGliteConnectionRegistrar.class)
public @interface EnablePGlite {
    /** The URL, in which placeholders such as {@code ${random.uuid}} are replaced. */
    String url() default "jdbc:pglite:memory:";
}
