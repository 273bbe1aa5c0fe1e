package io.github.jdbcpglite.jdbc;

import io.github.jdbcpglite.postgres.Clusters;
import io.github.jdbcpglite.postgres.cluster.ClusterException;
import java.text.NumberFormat;
import java.util.GregorianCalendar;
import java.util.List;
import java.util.Locale;
import java.util.TimeZone;
import java.util.concurrent.atomic.AtomicBoolean;
import org.postgresql.core.PGStream;
import org.postgresql.core.Parser;
import org.postgresql.core.SetupQueryRunner;
import org.postgresql.core.Tuple;
import org.postgresql.core.v3.ConnectionFactoryImpl;
import org.postgresql.core.v3.QueryExecutorImpl;
import org.postgresql.geometric.PGbox;
import org.postgresql.jdbc.PgConnection;
import org.postgresql.jdbc.PgResultSet;
import org.postgresql.jdbc.PgStatement;
import org.postgresql.jdbc.TimestampUtils;
import org.postgresql.jdbc.TypeInfoCache;

/**
 * Loads what the first connection of a JVM needs, while another thread reads the memory of the
 * first cluster. A start is shorter by a tenth when two processors share the work.
 *
 * <p>Nothing that anybody could notice runs earlier than it would: classes of PostgreSQL have no
 * initialisers, and those of pgjdbc are linked only, since two threads that initialise classes
 * could wait for each other. The JDK's own expect several threads.
 */
final class WarmUp implements Runnable {
    private static final AtomicBoolean STARTED = new AtomicBoolean();

    private WarmUp() {}

    /** Starts it on a thread that ends by itself, once in the life of this class. */
    static void start() {
        if (!STARTED.get() && STARTED.compareAndSet(false, true)) {
            Thread thread = new Thread(null, new WarmUp(), "jdbc-pglite-warm-up", 0, false);
            thread.setDaemon(true);
            try {
                thread.start();
            } catch (OutOfMemoryError e) {
                // Nothing depends on it, and who needs a thread too reports that there is none.
                log().log(System.Logger.Level.DEBUG, "no thread to load classes in advance", e);
            }
        }
    }

    @Override
    public void run() {
        try {
            Clusters.warmUp();
            jdk();
            pgjdbc();
        } catch (ClusterException | LinkageError | OutOfMemoryError e) {
            // Who needs what is missing reports it.
            log().log(System.Logger.Level.DEBUG, "classes could not be loaded in advance", e);
        }
    }

    /** Initialises what pgjdbc asks of the JDK, which takes longer than all of pgjdbc's classes. */
    private static void jdk() {
        try {
            Class.forName("java.lang.SecurityManager");
        } catch (ClassNotFoundException e) {
            // A later JDK has none, and pgjdbc looks for it in the same way.
        }
        Locale locale = Locale.getDefault(Locale.Category.FORMAT);
        var unusedNumbers = NumberFormat.getIntegerInstance(locale);
        var unusedCalendar = new GregorianCalendar(TimeZone.getDefault(), locale);
    }

    /** Links classes that load most others while they are verified. */
    private static void pgjdbc() {
        for (Class<?> each :
                List.of(
                        PgConnection.class,
                        ConnectionFactoryImpl.class,
                        PGStream.class,
                        QueryExecutorImpl.class,
                        Parser.class,
                        SetupQueryRunner.class,
                        TimestampUtils.class,
                        TypeInfoCache.class,
                        PGbox.class,
                        PgStatement.class,
                        PgResultSet.class,
                        Tuple.class)) {
            // HotSpot links a class to list its constructors.
            var unused = each.getDeclaredConstructors();
        }
    }

    private static System.Logger log() {
        return System.getLogger(WarmUp.class.getName());
    }
}
