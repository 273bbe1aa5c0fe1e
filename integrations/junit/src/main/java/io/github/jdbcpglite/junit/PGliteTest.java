package io.github.jdbcpglite.junit;

import io.github.jdbcpglite.testing.DatabaseFiller;
import io.github.jdbcpglite.testing.Isolation;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import javax.sql.DataSource;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Gives the tests of a class a database: parameters of type {@link DataSource}, {@link
 * java.sql.Connection} or {@link io.github.jdbcpglite.testing.PGliteTestDatabase} of constructors,
 * life-cycle methods and test methods are filled in. A connection is closed after the test.
 *
 * <p>The database is a copy of a template. Classes with the same {@link #scripts}, {@link #filler}
 * and {@link #isolation} share one, which is filled once.
 */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.ANNOTATION_TYPE})
@ExtendWith(PGliteExtension.class)
public @interface PGliteTest {
    /** SQL scripts on the class path that fill the template, before the filler does. */
    String[] scripts() default {};

    /** What fills the template; it needs a constructor without parameters. */
    Class<? extends DatabaseFiller> filler() default None.class;

    /** What a database has for itself. */
    Isolation isolation() default Isolation.CLUSTER;

    /** For how long a database is used. */
    Lifecycle lifecycle() default Lifecycle.PER_METHOD;

    /** For how long a database is used. */
    enum Lifecycle {
        /** Each test method gets a database of its own. */
        PER_METHOD,
        /** The test methods of a class use one database. */
        PER_CLASS
    }

    /** Fills nothing. */
    final class None implements DatabaseFiller.Nothing {}
}
