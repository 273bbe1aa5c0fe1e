package io.github.jdbcpglite.jdbc;

import io.github.jdbcpglite.jdbc.internal.error.RequiredJars;
import io.github.jdbcpglite.jdbc.internal.url.JdbcUrl;
import io.github.jdbcpglite.jdbc.internal.url.JdbcUrlParser;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.DriverPropertyInfo;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGProperty;

/**
 * The driver of {@code jdbc:pglite:} URLs: a PostgreSQL in this process.
 *
 * <p>{@code jdbc:pglite:} and {@code jdbc:pglite:memory:name} are clusters in memory, shared by all
 * connections of this JVM that use the same name; {@code jdbc:pglite:temp:} belongs to its
 * connection; {@code jdbc:pglite:file:directory} is kept in a directory. Connections are pgjdbc's.
 * User and database are {@code postgres} unless others are named.
 *
 * <p>The driver registers itself when its class is loaded. An application server that unloads an
 * application should call {@link #deregister}, which also closes the clusters of that application.
 */
public final class PGliteDriver implements Driver {
    private static @Nullable PGliteDriver registered;

    static {
        try {
            register();
        } catch (SQLException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    /** Absent for the shared one, which needs jars that may be missing. */
    private final @Nullable Connector own;

    /** Makes a driver that shares its clusters with every other one made by this constructor. */
    public PGliteDriver() {
        own = null;
    }

    PGliteDriver(Connector connector) {
        own = connector;
    }

    private Connector connector() {
        Connector mine = own;
        return mine == null ? Connector.SHARED : mine;
    }

    /**
     * Registers a driver with {@link DriverManager}, unless one is.
     *
     * @throws SQLException if {@link DriverManager} refuses it
     */
    public static synchronized void register() throws SQLException {
        if (registered == null) {
            PGliteDriver driver = new PGliteDriver();
            DriverManager.registerDriver(driver, PGliteDriver::closeClusters);
            registered = driver;
        }
    }

    /**
     * Takes the driver out of {@link DriverManager}, which closes every cluster, in use or not, so
     * that nothing keeps the class loader of this class alive. So does whoever deregisters it for
     * an application that has not, as Tomcat does. Does nothing if it is not registered.
     *
     * @throws SQLException if {@link DriverManager} refuses it
     */
    public static synchronized void deregister() throws SQLException {
        PGliteDriver driver = registered;
        if (driver != null) {
            DriverManager.deregisterDriver(driver);
            registered = null;
        }
    }

    private static void closeClusters() {
        if (RequiredJars.haveBeenChecked()) {
            Connector.SHARED.registry().closeAll();
        }
    }

    /**
     * Connects, opening the cluster if it is not open in this JVM.
     *
     * @return the connection, or {@code null} if the URL is of another driver
     * @throws SQLException PostgreSQL's own if it refused the connection; with SQLState 08001 if
     *     the URL or a property cannot be used, if the cluster cannot be opened or not within the
     *     login timeout; 55006 if the directory is in use by another process; 22023 if a property
     *     has a wrong value; 53300 if the cluster has as many connections as it allows
     */
    @Override
    public @Nullable Connection connect(String url, @Nullable Properties info) throws SQLException {
        if (!acceptsURL(url)) {
            return null;
        }
        RequiredJars.check();
        try {
            return Boundary.call(() -> connector().connect(ConnectionPlan.of(url, info)));
        } catch (NoClassDefFoundError e) {
            RequiredJars.explain(e);
            throw e;
        }
    }

    /** Returns whether the URL starts with {@code jdbc:pglite:}, or was meant to. */
    @Override
    public boolean acceptsURL(String url) throws SQLException {
        if (url == null) {
            throw new SQLException("The URL is null", "08001");
        }
        return JdbcUrlParser.accepts(url);
    }

    /**
     * Returns this driver's properties, then those of pgjdbc that can be used, with their values.
     */
    @Override
    public DriverPropertyInfo[] getPropertyInfo(String url, @Nullable Properties info)
            throws SQLException {
        RequiredJars.check();
        return Boundary.call(() -> propertyInfo(url, info));
    }

    private DriverPropertyInfo[] propertyInfo(String url, @Nullable Properties info)
            throws SQLException {
        JdbcUrl parsed = JdbcUrlParser.parse(acceptsURL(url) ? url : JdbcUrl.PREFIX);
        Map<String, String> settings =
                ConnectionPlan.settings(parsed, info == null ? new Properties() : info);
        List<DriverPropertyInfo> all = new ArrayList<>();
        for (PGliteProperty property : PGliteProperty.values()) {
            if (property != PGliteProperty.TARGET) {
                all.add(property.toDriverPropertyInfo(settings.get(property.getName())));
            }
        }
        Properties pgjdbc = new Properties();
        pgjdbc.setProperty(PGProperty.USER.getName(), ConnectionPlan.DEFAULT_USER);
        pgjdbc.setProperty(
                PGProperty.PG_DBNAME.getName(),
                parsed.database().orElse(ConnectionPlan.DEFAULT_DATABASE));
        settings.forEach(pgjdbc::setProperty);
        for (PGProperty property : PGProperty.values()) {
            if (PropertyKeys.isUsable(property)) {
                all.add(property.toDriverPropertyInfo(pgjdbc));
            }
        }
        return all.toArray(new DriverPropertyInfo[0]);
    }

    @Override
    public int getMajorVersion() {
        return PGliteVersion.number(0);
    }

    @Override
    public int getMinorVersion() {
        return PGliteVersion.number(1);
    }

    /** Returns false, as pgjdbc does: PostgreSQL does not have all of SQL-92's entry level. */
    @Override
    public boolean jdbcCompliant() {
        return false;
    }

    @Override
    public Logger getParentLogger() {
        return Logger.getLogger("io.github.jdbcpglite");
    }
}
