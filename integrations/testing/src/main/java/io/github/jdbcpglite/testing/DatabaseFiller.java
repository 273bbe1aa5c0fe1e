package io.github.jdbcpglite.testing;

import java.util.Optional;
import javax.sql.DataSource;

/** Fills a database: runs migrations, loads data. */
@FunctionalInterface
public interface DatabaseFiller {
    /**
     * Fills an empty database. Connections that are still open afterwards are ended.
     *
     * @param dataSource of the database; each connection is new
     * @throws Exception if it fails; whoever asks for a copy gets it as the cause
     */
    void fill(DataSource dataSource) throws Exception;

    /**
     * Returns what else than the class path decides what {@link #fill} does, such as the content of
     * a file that it reads, or nothing if the result must not be used by another JVM. By default it
     * is taken to do the same as long as the class path is the same.
     */
    default Optional<String> contentKey() {
        return Optional.of("");
    }

    /** A filler that does nothing, so that scripts alone decide what a template holds. */
    interface Nothing extends DatabaseFiller {
        @Override
        default void fill(DataSource dataSource) {}
    }
}
