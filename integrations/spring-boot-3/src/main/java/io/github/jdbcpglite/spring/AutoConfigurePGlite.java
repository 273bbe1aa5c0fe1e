package io.github.jdbcpglite.spring;

import io.github.jdbcpglite.testing.DatabaseFiller;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Gives a Spring test a database of its own, a copy of a template that is filled once in the JVM,
 * whatever data source the application configures.
 *
 * <p>The database lives as long as the application context. Test classes with equal annotations,
 * and otherwise equal configuration, share both, as Spring's context cache does; a template is
 * shared by all that have equal {@link #scripts} and {@link #filler}.
 *
 * <p>What Spring Boot's Flyway and Liquibase do to the first such database is kept too: contexts
 * with the same migrations, by their content and configuration, start from a copy of the migrated
 * one, in which the tool finds nothing left to do.
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

    /** When the database goes back to what it was when the application context had started. */
    RefreshMode refresh() default RefreshMode.NEVER;

    /** When a database goes back to its first state. Each time its connections are ended. */
    enum RefreshMode {
        /** Not as long as the application context lives. */
        NEVER,
        /** Before the first test of a class. */
        BEFORE_CLASS,
        /** Before each test method, and before its transaction begins. */
        BEFORE_EACH_TEST_METHOD,
        /** After each test method, and after its transaction has ended. */
        AFTER_EACH_TEST_METHOD,
        /** After the last test of a class. */
        AFTER_CLASS
    }

    /** Fills nothing. */
    final class None implements DatabaseFiller.Nothing {}
}
