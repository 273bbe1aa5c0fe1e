package io.github.jdbcpglite.jdbc;

import io.github.jdbcpglite.jdbc.internal.error.SqlErrors;
import io.github.jdbcpglite.postgres.Clusters;
import io.github.jdbcpglite.postgres.cluster.ClusterException;
import io.github.jdbcpglite.postgres.cluster.DistributionVersion;
import java.io.IOException;
import java.io.InputStream;
import java.sql.SQLException;
import java.util.Properties;

/** The versions of this driver and of what it runs, as the build has written them. Stateless. */
public final class PGliteVersion {
    private static final String RESOURCE = "version.properties";

    private PGliteVersion() {}

    /** Returns this driver's version, such as {@code 1.2.3} or {@code 1.2.4-SNAPSHOT}. */
    public static String ofDriver() {
        Properties properties = new Properties();
        try (InputStream resource = PGliteVersion.class.getResourceAsStream(RESOURCE)) {
            if (resource == null) {
                throw new IllegalStateException(RESOURCE + " is missing beside this class");
            }
            properties.load(resource);
        } catch (IOException e) {
            throw new IllegalStateException("cannot read " + RESOURCE, e);
        }
        return properties.getProperty("version");
    }

    /**
     * Returns the version of PostgreSQL, such as {@code 18.6}.
     *
     * @throws SQLException with SQLState 08001 if the jar with PostgreSQL is missing or damaged
     */
    public static String ofPostgres() throws SQLException {
        return image().postgres();
    }

    /**
     * Returns the version of PGlite, whose build of PostgreSQL it is.
     *
     * @throws SQLException as {@link #ofPostgres}
     */
    public static String ofPglite() throws SQLException {
        return image().pglite();
    }

    /**
     * Returns the name of the engine that runs clusters for which {@code pglite.engine} asks for
     * none: {@code native} or {@code bytecode}.
     *
     * @throws SQLException as {@link #ofPostgres}
     */
    public static String usualEngine() throws SQLException {
        try {
            return Clusters.usualEngine();
        } catch (ClusterException e) {
            throw SqlErrors.cannotConnect(String.valueOf(e.getMessage()), e);
        }
    }

    private static DistributionVersion image() throws SQLException {
        try {
            return Clusters.version();
        } catch (ClusterException e) {
            throw SqlErrors.cannotConnect(String.valueOf(e.getMessage()), e);
        }
    }

    /** Returns the first or the second number of the driver's version. */
    static int number(int index) {
        return Integer.parseInt(ofDriver().split("[.-]", -1)[index]);
    }
}
