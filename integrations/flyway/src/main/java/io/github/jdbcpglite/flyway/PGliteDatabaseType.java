package io.github.jdbcpglite.flyway;

import io.github.jdbcpglite.jdbc.PGliteDriver;
import java.sql.Connection;
import java.sql.SQLException;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.database.postgresql.PostgreSQLDatabaseType;

/**
 * Tells Flyway which driver opens a {@code jdbc:pglite:} URL. Flyway finds this class by itself; no
 * application calls it.
 */
public final class PGliteDatabaseType extends PostgreSQLDatabaseType {
    private final PGliteDriver driver = new PGliteDriver();

    /** Makes the type, as Flyway's plugin loader does. */
    public PGliteDatabaseType() {
        super();
    }

    @Override
    public String getName() {
        return "PGlite";
    }

    @Override
    public boolean handlesJDBCUrl(String url) {
        try {
            return driver.acceptsURL(url);
        } catch (SQLException e) {
            throw new FlywayException(e.getMessage(), e);
        }
    }

    @Override
    public String getDriverClass(String url, ClassLoader classLoader) {
        return PGliteDriver.class.getName();
    }

    /** Returns false: once connected it is PostgreSQL, and Flyway's own type does the work. */
    @Override
    public boolean handlesDatabaseProductNameAndVersion(
            String databaseProductName, String databaseProductVersion, Connection connection) {
        return false;
    }
}
