package io.github.jdbcpglite.jdbc.listen;

import io.github.jdbcpglite.jdbc.PGlite;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.Callable;

/** Made by a class loader of its own; uses a cluster and leaves it open. */
public final class ReloadedApplication implements Callable<Boolean> {
    private final String url;

    /** Makes the application of a URL. */
    public ReloadedApplication(String url) {
        this.url = url;
    }

    @Override
    public Boolean call() throws SQLException {
        PGlite.open(url);
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            return statement.execute("SELECT 1");
        }
    }
}
