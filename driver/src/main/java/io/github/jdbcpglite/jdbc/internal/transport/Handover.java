package io.github.jdbcpglite.jdbc.internal.transport;

import io.github.jdbcpglite.jdbc.internal.error.SqlErrors;
import java.sql.SQLException;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGProperty;
import org.postgresql.jdbc.PgConnection;

/**
 * Hands the source of a connection to the socket factory that pgjdbc makes for it by class name.
 * Stateless but for what the thread is connecting.
 *
 * <p>pgjdbc makes the factory on the thread that makes the connection. So the source waits in a
 * variable of this thread, in this very class: another connection, another thread or another copy
 * of this library cannot find it. And pgjdbc finds the factory wherever it was loaded itself,
 * because while it connects, the class loader of the thread answers for that one name.
 */
public final class Handover {
    private static final String FACTORY = InMemorySocketFactory.class.getName();
    private static final boolean PGJDBC_SEES_FACTORY = pgjdbcSeesFactory();
    private static final String STRATEGY = "classLoaderStrategy";

    private static final ThreadLocal<@Nullable ChannelSource> PENDING = new ThreadLocal<>();

    private Handover() {}

    /** Makes a connection. */
    @FunctionalInterface
    public interface Connecting {
        /** Makes it with the properties. */
        PgConnection connect(Properties properties) throws SQLException;
    }

    /**
     * Has pgjdbc make a connection over a source.
     *
     * @param properties of the connection, to which those of the factory are added
     * @throws SQLException if pgjdbc does, or if it can see this library from nowhere
     */
    public static PgConnection connect(
            ChannelSource source, Properties properties, Connecting connecting)
            throws SQLException {
        properties.setProperty(PGProperty.SOCKET_FACTORY.getName(), FACTORY);
        Thread thread = Thread.currentThread();
        ClassLoader context = thread.getContextClassLoader();
        if (!PGJDBC_SEES_FACTORY) {
            requireStrategies();
            properties.setProperty(STRATEGY, "context-first");
            thread.setContextClassLoader(new ContextLoader(context));
        }
        ChannelSource outer = PENDING.get();
        PENDING.set(source);
        try {
            PgConnection connection = connecting.connect(properties);
            if (PENDING.get() != null) {
                connection.close();
                throw SqlErrors.cannotConnect(
                        "pgjdbc has not used the socket factory it was given");
            }
            return connection;
        } finally {
            if (outer == null) {
                PENDING.remove();
            } else {
                PENDING.set(outer); // an authentication plugin, say, that connects itself
            }
            if (!PGJDBC_SEES_FACTORY) {
                thread.setContextClassLoader(context);
            }
        }
    }

    /**
     * Returns the source of the connection that this thread makes, once.
     *
     * @throws IllegalStateException if this thread makes none
     */
    static ChannelSource take() {
        ChannelSource source = PENDING.get();
        if (source == null) {
            throw new IllegalStateException(
                    FACTORY + " is for the driver itself; PGliteSocketFactory is for others");
        }
        PENDING.remove();
        return source;
    }

    private static void requireStrategies() throws SQLException {
        if (PGProperty.forName(STRATEGY) == null) {
            throw SqlErrors.cannotConnect(
                    "pgjdbc is in "
                            + PgConnection.class.getClassLoader()
                            + ", which does not see jdbc-pglite; put both jars into one place, or"
                            + " use org.postgresql:postgresql 42.7.13 or later there");
        }
    }

    private static boolean pgjdbcSeesFactory() {
        try {
            return Class.forName(FACTORY, false, PgConnection.class.getClassLoader())
                    == InMemorySocketFactory.class;
        } catch (ClassNotFoundException e) {
            return false;
        }
    }

    /** The class loader of a thread, but for the one name. */
    private static final class ContextLoader extends ClassLoader {
        ContextLoader(@Nullable ClassLoader context) {
            super(context);
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            return name.equals(FACTORY)
                    ? InMemorySocketFactory.class
                    : super.loadClass(name, resolve);
        }
    }
}
