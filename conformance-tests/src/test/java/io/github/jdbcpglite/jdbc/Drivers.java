package io.github.jdbcpglite.jdbc;

import io.github.jdbcpglite.jdbc.internal.database.DatabaseRegistry;
import io.github.jdbcpglite.wasm.ClusterFactory;
import java.sql.Driver;

/** Drivers over clusters of a test's own. */
public final class Drivers {
    private Drivers() {}

    /** Returns a driver that opens its clusters through a factory. */
    public static Driver of(ClusterFactory factory) {
        return of(new DatabaseRegistry(factory));
    }

    /** Returns a driver that opens its clusters in a registry. */
    public static Driver of(DatabaseRegistry registry) {
        return new PGliteDriver(new Connector(registry));
    }
}
