package io.github.jdbcpglite.spring;

import io.github.jdbcpglite.jdbc.PGliteDriver;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;

/** Where Spring Boot connects to, when it is not told by properties. Immutable. */
public final class PGliteConnectionDetails implements JdbcConnectionDetails {
    private final String url;

    /** Makes the details of a {@code jdbc:pglite:} URL. */
    public PGliteConnectionDetails(String url) {
        this.url = url;
    }

    @Override
    public String getUsername() {
        return "postgres";
    }

    @Override
    public String getPassword() {
        return "";
    }

    @Override
    public String getJdbcUrl() {
        return url;
    }

    @Override
    public String getDriverClassName() {
        return PGliteDriver.class.getName();
    }
}
