package io.github.jdbcpglite.testing;

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
}
