package io.github.jdbcpglite.liquibase;

import io.github.jdbcpglite.jdbc.PGliteDriver;
import liquibase.database.DatabaseConnection;
import liquibase.database.core.PostgresDatabase;
import org.jspecify.annotations.Nullable;

/**
 * Tells Liquibase which driver opens a {@code jdbc:pglite:} URL. Liquibase finds this class by
 * itself; no application calls it.
 */
public final class PGliteDatabase extends PostgresDatabase {
    /** Makes the database, as Liquibase's service loader does. */
    public PGliteDatabase() {
        super();
    }

    /**
     * Returns a name of its own: Liquibase keeps one database for each name, and PostgreSQL's stays
     * with real servers.
     */
    @Override
    public String getShortName() {
        return "pglite";
    }

    @Override
    public @Nullable String getDefaultDriver(String url) {
        return url.startsWith("jdbc:pglite:") ? PGliteDriver.class.getName() : null;
    }

    /** Returns false: once connected it is PostgreSQL, and Liquibase's own database does it all. */
    @Override
    public boolean isCorrectDatabaseImplementation(DatabaseConnection connection) {
        return false;
    }

    /** Compares as any object does: Liquibase's comparison is by connection, and this has none. */
    @Override
    public boolean equals(@Nullable Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(this);
    }
}
