package io.github.jdbcpglite.conformance.jdbc;

import io.github.jdbcpglite.conformance.server.QueryMode;
import io.github.jdbcpglite.conformance.server.Side;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Properties;

/**
 * Where a probe makes its calls.
 *
 * @param side the side
 * @param database its database, which probes of one run share
 * @param mode how pgjdbc puts statements
 */
record Target(Side side, String database, QueryMode mode) {

    /** Opens a session; the caller closes it. */
    Connection connect() throws SQLException {
        return side.connect(database, mode);
    }

    /** Opens a session with more connection properties, given as names and values in turn. */
    Connection connect(String... namesAndValues) throws SQLException {
        Properties properties = new Properties();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            properties.setProperty(namesAndValues[i], namesAndValues[i + 1]);
        }
        return side.connect(database, mode, properties);
    }

    /** Returns whether this is the real server. */
    boolean isPostgres() {
        return side.urlTemplate().startsWith("jdbc:postgresql:");
    }

    /** Returns the JDBC URL of the database. */
    String url() {
        return side.urlTemplate().replace("{database}", database);
    }
}
