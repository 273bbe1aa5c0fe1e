package io.github.jdbcpglite.cli;

import io.github.jdbcpglite.jdbc.PGliteVersion;
import java.sql.SQLException;
import org.postgresql.util.DriverInfo;
import picocli.CommandLine.IVersionProvider;

/** What this program is made of, as the build says. */
final class Versions implements IVersionProvider {
    @Override
    public String[] getVersion() throws SQLException {
        return new String[] {
            "jdbc-pglite " + PGliteVersion.ofDriver(),
            "PostgreSQL " + PGliteVersion.ofPostgres() + ", by PGlite " + PGliteVersion.ofPglite(),
            "engine " + PGliteVersion.usualEngine(),
            "pgjdbc " + DriverInfo.DRIVER_VERSION
        };
    }
}
