package io.github.jdbcpglite.jdbc;

import io.github.jdbcpglite.jdbc.internal.cluster.ClusterHandle;
import io.github.jdbcpglite.jdbc.internal.cluster.ClusterRegistry;
import io.github.jdbcpglite.jdbc.internal.cluster.ClusterRequest;
import io.github.jdbcpglite.jdbc.internal.url.JdbcUrl;
import io.github.jdbcpglite.postgres.cluster.Cluster;
import io.github.jdbcpglite.postgres.cluster.ClusterException;
import io.github.jdbcpglite.postgres.cluster.ClusterSetup;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.postgresql.PGProperty;
import org.postgresql.jdbc.PgConnection;
import org.postgresql.util.PasswordUtil;

/**
 * The user and the database that a connection names, and their making where they do not exist.
 * Immutable; thread-safe.
 *
 * @param user the name of a role
 * @param database its name
 * @param password of the role, if it is made
 */
record NamedLogin(String user, String database, Optional<String> password) implements ClusterSetup {
    /** PostgreSQL's answers to a login with a role, or to a database, that does not exist. */
    private static final Set<String> MISSING = Set.of("28000", "3D000");

    /** Somebody else has made it: a duplicate, or a unique index that noticed it first. */
    private static final Set<String> MADE_MEANWHILE = Set.of("42710", "42P04", "23505");

    /** Returns what pgjdbc's properties name; where they name none, the defaults of this driver. */
    static NamedLogin of(Properties pgjdbc) {
        return new NamedLogin(
                pgjdbc.getProperty(PGProperty.USER.getName(), ConnectionPlan.DEFAULT_USER),
                pgjdbc.getProperty(PGProperty.PG_DBNAME.getName(), ConnectionPlan.DEFAULT_DATABASE),
                Optional.ofNullable(pgjdbc.getProperty(PGProperty.PASSWORD.getName()))
                        .filter(password -> !password.isEmpty()));
    }

    /** Returns whether a login may have failed because something does not exist. */
    static boolean isMissing(SQLException e) {
        return MISSING.contains(String.valueOf(e.getSQLState()));
    }

    /** Connects to a cluster that its opener still has to itself. */
    PgConnection connect(Cluster cluster) throws SQLException {
        return connect(
                ClusterHandle.ofOpener(cluster), user, database, ClusterRegistry.NO_DEADLINE);
    }

    /**
     * Uses a cluster for a login that is somebody else's, having made what it names.
     *
     * @param create what to make if it does not exist, if anything
     */
    static ClusterHandle acquire(
            ClusterRegistry registry, ClusterRequest request, Optional<NamedLogin> create)
            throws SQLException {
        ClusterHandle handle = registry.acquire(request, ClusterRegistry.NO_DEADLINE);
        boolean done = false;
        try {
            if (create.isPresent()) {
                create.get().createOnce(handle, ClusterRegistry.NO_DEADLINE);
            }
            done = true;
            return handle;
        } finally {
            if (!done) {
                handle.close();
            }
        }
    }

    @Override
    public void run(Cluster cluster) throws ClusterException {
        try {
            createIn(ClusterHandle.ofOpener(cluster), ClusterRegistry.NO_DEADLINE);
        } catch (SQLException e) {
            throw new ClusterException(
                    ClusterException.Kind.SETUP_FAILED,
                    String.valueOf(e.getMessage()),
                    List.of(),
                    e);
        }
    }

    /** Makes what does not exist, the first time that it is asked for in a cluster. */
    void createOnce(ClusterHandle handle, long deadlineNanos) throws SQLException {
        boolean always =
                user.equals(ConnectionPlan.DEFAULT_USER)
                        && database.equals(ConnectionPlan.DEFAULT_DATABASE);
        if (!always) {
            handle.makeOnce(this, () -> createIn(handle, deadlineNanos));
        }
    }

    /**
     * Makes what does not exist. Others may do the same at the same time.
     *
     * @param hold on the cluster, which stays the caller's
     * @param deadlineNanos until when to wait, a value of {@link System#nanoTime}, or {@link
     *     ClusterRegistry#NO_DEADLINE}
     * @throws SQLException PostgreSQL's, if it cannot be made
     */
    void createIn(ClusterHandle hold, long deadlineNanos) throws SQLException {
        try (PgConnection admin =
                connect(
                        ClusterHandle.ofOpener(hold.service()),
                        ConnectionPlan.DEFAULT_USER,
                        ConnectionPlan.DEFAULT_DATABASE,
                        deadlineNanos)) {
            limit(admin, deadlineNanos);
            String role = admin.escapeIdentifier(user);
            String secret = password.isPresent() ? " PASSWORD " + verifier(admin) : "";
            String name = admin.escapeIdentifier(database);
            create(
                    admin,
                    "SELECT FROM pg_catalog.pg_roles WHERE rolname = ?",
                    user,
                    "CREATE ROLE " + role + " SUPERUSER LOGIN" + secret);
            create(
                    admin,
                    "SELECT FROM pg_catalog.pg_database WHERE datname = ?",
                    database,
                    "CREATE DATABASE " + name + " OWNER " + role);
        } catch (SQLException e) {
            throw new SQLException(
                    "pglite.create could not make the user \""
                            + user
                            + "\" or the database \""
                            + database
                            + "\": "
                            + e.getMessage(),
                    e.getSQLState(),
                    e);
        }
    }

    /** Has PostgreSQL give up at the deadline, for CREATE DATABASE may have to wait for a lock. */
    private static void limit(PgConnection admin, long deadlineNanos) throws SQLException {
        if (deadlineNanos != ClusterRegistry.NO_DEADLINE) {
            long left = TimeUnit.NANOSECONDS.toMillis(deadlineNanos - System.nanoTime());
            try (Statement statement = admin.createStatement()) {
                statement.execute("SET statement_timeout = " + Math.max(1, left));
            }
        }
    }

    private static void create(PgConnection admin, String query, String name, String command)
            throws SQLException {
        try (PreparedStatement present = admin.prepareStatement(query)) {
            present.setString(1, name);
            try (ResultSet rows = present.executeQuery()) {
                if (rows.next()) {
                    return;
                }
            }
        }
        try (Statement statement = admin.createStatement()) {
            statement.setEscapeProcessing(false);
            statement.execute(command);
        } catch (SQLException e) {
            if (!MADE_MEANWHILE.contains(String.valueOf(e.getSQLState()))) {
                throw e;
            }
        }
    }

    /** Returns a password as PostgreSQL keeps it, so that itself never comes into a log. */
    private String verifier(PgConnection admin) throws SQLException {
        char[] secret = password.orElseThrow().toCharArray();
        String verifier = PasswordUtil.encodePassword(user, secret, "scram-sha-256");
        return "'" + admin.escapeString(verifier) + "'";
    }

    private static PgConnection connect(
            ClusterHandle handle, String user, String database, long deadlineNanos)
            throws SQLException {
        Properties properties = new Properties();
        properties.setProperty(PGProperty.USER.getName(), user);
        properties.setProperty(PGProperty.PG_DBNAME.getName(), database);
        properties.setProperty(PGProperty.SSL_MODE.getName(), "disable");
        properties.setProperty(PGProperty.GSS_ENC_MODE.getName(), "disable");
        return Connector.connect(handle, properties, JdbcUrl.PREFIX, deadlineNanos);
    }

    /** Leaves the password out. */
    @Override
    public String toString() {
        return "NamedLogin[" + user + ", " + database + "]";
    }
}
