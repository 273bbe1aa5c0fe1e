package io.github.jdbcpglite.spring;

import io.github.jdbcpglite.testing.DatabaseFiller;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import javax.sql.DataSource;

/**
 * Gives a Spring test a database of its own, a copy of a template that is filled once in the JVM,
 * whatever data source the application configures.
 *
 * <p>The database lives as long as the application context. Test classes with equal annotations,
 * and otherwise equal configuration, share both, as Spring's context cache does; a template is
 * shared by all that have equal {@link #scripts} and {@link #filler}.
 */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface AutoConfigurePGlite {
    /** SQL scripts on the class path that fill the template, before the filler does. */
    String[] scripts() default {};

    /** What fills the template; it needs a constructor without parameters. */
    Class<? extends DatabaseFiller> filler() default None.class;

    /** Fills nothing. */
    final class None implements DatabaseFiller {
        @Override
        public void fill(DataSource dataSource) {}
    }
}
