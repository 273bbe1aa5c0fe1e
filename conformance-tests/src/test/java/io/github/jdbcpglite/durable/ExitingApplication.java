package io.github.jdbcpglite.durable;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * An application that is told to end while it has something to save: it says {@code ready}, and
 * {@code saved} when it has.
 */
final class ExitingApplication {
    /** Longer than a cluster takes to close. */
    private static final long CLEANING_UP_MILLIS = 1500;

    private static final String SAVE = "insert into saved values (2)";

    private final PrintStream out =
            new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
    private final String url;
    private final Connection connection;

    private ExitingApplication(String url) throws SQLException {
        this.url = url;
        this.connection = DriverManager.getConnection(url);
        Db.run(connection, "create table saved(i int)", "insert into saved values (1)");
    }

    /** What the application does when it ends, or at that moment. */
    enum Habit {
        /** A hook inserts with a connection that was open. */
        SAVES_WITH_AN_OPEN_CONNECTION,
        /** A hook opens another connection. */
        SAVES_WITH_A_NEW_CONNECTION,
        /** A hook opens the cluster, which was closed. */
        OPENS_THE_CLUSTER_AGAIN,
        /** A thread that is no hook is in a transaction. */
        FINISHES_A_TRANSACTION,
        /** Nothing; connections are open. */
        LEAVES_IDLE_CONNECTIONS,
        /** Nothing; a transaction is open. */
        LEAVES_A_TRANSACTION
    }

    public static void main(String[] arguments) throws SQLException, InterruptedException {
        ExitingApplication application = new ExitingApplication(arguments[0]);
        application.run(Habit.valueOf(arguments[1]));
        new CountDownLatch(1).await(); // until the end of the JVM
    }

    private void run(Habit habit) throws SQLException {
        switch (habit) {
            case SAVES_WITH_AN_OPEN_CONNECTION -> atExit(() -> Db.run(connection, SAVE));
            case SAVES_WITH_A_NEW_CONNECTION -> atExit(this::saveOverANewConnection);
            case OPENS_THE_CLUSTER_AGAIN -> {
                connection.close();
                atExit(this::saveOverANewConnection);
            }
            case FINISHES_A_TRANSACTION -> {
                connection.setAutoCommit(false);
                Db.run(connection, SAVE);
            }
            case LEAVES_IDLE_CONNECTIONS -> {
                for (int i = 0; i < 3; i++) {
                    Db.run(DriverManager.getConnection(url), "select 1");
                }
            }
            case LEAVES_A_TRANSACTION -> {
                connection.setAutoCommit(false);
                Db.run(connection, "insert into saved values (-1)");
            }
        }
        out.println("ready");
        if (habit == Habit.FINISHES_A_TRANSACTION) {
            Db.run(connection, "select pg_sleep(" + CLEANING_UP_MILLIS / 1000.0 + ")");
            connection.commit();
            out.println("saved");
        }
    }

    private void saveOverANewConnection() throws SQLException {
        try (Connection another = DriverManager.getConnection(url)) {
            Db.run(another, SAVE);
        }
    }

    /** Saves in a hook, after something that takes its time. */
    private void atExit(Saving saving) {
        Runnable hook =
                () -> {
                    try {
                        out.println("cleaning up");
                        awaitNothing();
                        saving.run();
                        out.println("saved");
                    } catch (SQLException | InterruptedException e) {
                        out.println(e);
                    }
                };
        Runtime.getRuntime().addShutdownHook(new Thread(hook, "application-hook"));
    }

    private static void awaitNothing() throws InterruptedException {
        if (new CountDownLatch(1).await(CLEANING_UP_MILLIS, TimeUnit.MILLISECONDS)) {
            throw new AssertionError("nobody counts down");
        }
    }

    /** Saves something. */
    @FunctionalInterface
    private interface Saving {
        void run() throws SQLException;
    }
}
