package io.github.jdbcpglite.jdbc;

import io.github.jdbcpglite.jdbc.internal.url.JdbcUrl;
import java.io.PrintWriter;
import java.sql.SQLException;
import java.util.Properties;
import java.util.logging.Logger;
import javax.sql.CommonDataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGProperty;
import org.postgresql.jdbc.PgConnection;

/** What the data sources have in common: a URL, a user and properties. Thread-safe. */
abstract class AbstractPGliteDataSource implements CommonDataSource {
    private final Connector connector;
    private final Properties properties = new Properties();
    private String url = JdbcUrl.PREFIX;
    private @Nullable PrintWriter logWriter;

    AbstractPGliteDataSource(Connector connector) {
        this.connector = connector;
    }

    /** Returns the URL; {@code jdbc:pglite:} unless another was set. */
    public synchronized String getUrl() {
        return url;
    }

    /** Sets the URL. It is looked at when a connection is asked for. */
    public synchronized void setUrl(String newUrl) {
        url = newUrl;
    }

    /** Returns the URL, under the name some frameworks use. */
    public String getURL() {
        return getUrl();
    }

    /** Sets the URL, under the name some frameworks use. */
    public void setURL(String newUrl) {
        setUrl(newUrl);
    }

    /**
     * Returns the user, or {@code null} if none was set and the default {@code postgres} is used.
     */
    public @Nullable String getUser() {
        return getProperty(PGProperty.USER.getName());
    }

    /** Sets the user; {@code null} means the default. */
    public void setUser(@Nullable String user) {
        setProperty(PGProperty.USER.getName(), user);
    }

    /** Returns the password, or {@code null} if none was set. */
    public @Nullable String getPassword() {
        return getProperty(PGProperty.PASSWORD.getName());
    }

    /** Sets the password; {@code null} means none. */
    public void setPassword(@Nullable String password) {
        setProperty(PGProperty.PASSWORD.getName(), password);
    }

    /** Returns the database, or {@code null} if none was set besides the URL. */
    public @Nullable String getDatabaseName() {
        return getProperty(PGProperty.PG_DBNAME.getName());
    }

    /** Sets the database; {@code null} means the one of the URL, or the default. */
    public void setDatabaseName(@Nullable String databaseName) {
        setProperty(PGProperty.PG_DBNAME.getName(), databaseName);
    }

    /** Returns a property that was set, or {@code null}. */
    public synchronized @Nullable String getProperty(String name) {
        return properties.getProperty(name);
    }

    /**
     * Sets a property of this driver or of pgjdbc by its name in a URL. It is looked at when a
     * connection is asked for.
     *
     * @param value {@code null} takes the property away
     */
    public synchronized void setProperty(String name, @Nullable String value) {
        if (value == null) {
            properties.remove(name);
        } else {
            properties.setProperty(name, value);
        }
    }

    @Override
    public int getLoginTimeout() throws SQLException {
        String value = getProperty(PGProperty.LOGIN_TIMEOUT.getName());
        return value == null
                ? 0
                : PropertyValues.integer(
                        PGProperty.LOGIN_TIMEOUT.getName(),
                        value,
                        0,
                        Integer.MAX_VALUE,
                        "a number of seconds, 0 for no limit");
    }

    @Override
    public void setLoginTimeout(int seconds) {
        setProperty(PGProperty.LOGIN_TIMEOUT.getName(), Integer.toString(seconds));
    }

    /** Returns the writer that was set. Nothing is written to it: see the system logger. */
    @Override
    public synchronized @Nullable PrintWriter getLogWriter() {
        return logWriter;
    }

    @Override
    public synchronized void setLogWriter(@Nullable PrintWriter out) {
        logWriter = out;
    }

    @Override
    public Logger getParentLogger() {
        return Logger.getLogger("io.github.jdbcpglite");
    }

    /** Connects with the properties set and, if given, another user and password. */
    final PgConnection connect(@Nullable String user, @Nullable String password)
            throws SQLException {
        Properties info = new Properties();
        String target;
        synchronized (this) {
            info.putAll(properties);
            target = url;
        }
        if (user != null) {
            info.setProperty(PGProperty.USER.getName(), user);
        }
        if (password != null) {
            info.setProperty(PGProperty.PASSWORD.getName(), password);
        }
        return Boundary.call(() -> connector.connect(ConnectionPlan.of(target, info)));
    }
}
