package io.github.jdbcpglite.jdbc;

import io.github.jdbcpglite.jdbc.internal.cluster.ClusterRegistry;
import io.github.jdbcpglite.postgres.cluster.ClusterFactory;
import java.sql.Driver;

/** Drivers over clusters of a test's own. */
public final class Drivers {
    private Drivers() {}

    /** Returns a driver that opens its clusters through a factory. */
    public static Driver of(ClusterFactory factory) {
        return of(new ClusterRegistry(factory));
    }

    /** Returns a driver that opens its clusters in a registry. */
    public static Driver of(ClusterRegistry registry) {
        return new PGliteDriver(new Connector(registry));
    }
}
