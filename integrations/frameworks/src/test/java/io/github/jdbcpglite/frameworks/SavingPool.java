package io.github.jdbcpglite.frameworks;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** An application with a pool and no framework, which is told to end. */
final class SavingPool {
    /** Longer than a cluster takes to close. */
    private static final long PAUSE_MILLIS = 1500;

    private static final PrintStream OUT =
            new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);

    private final HikariDataSource pool;

    private SavingPool(String url) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(url);
        pool = new HikariDataSource(config);
    }

    /** What the application does at the end. */
    enum Habit {
        /** A hook saves something, and closes the pool. */
        SAVES_AND_CLOSES,
        /** A hook saves something. */
        SAVES,
        /** Nothing. */
        NOTHING
    }

    /** Runs it, with a URL and the name of a {@link Habit} as arguments. */
    public static void main(String[] arguments) throws Exception {
        SavingPool application = new SavingPool(arguments[0]);
        application.execute("CREATE TABLE saved (what text)");
        application.execute("INSERT INTO saved VALUES ('at the start')");
        Habit habit = Habit.valueOf(arguments[1]);
        if (habit != Habit.NOTHING) {
            Thread hook = new Thread(() -> application.save(habit), "saving");
            Runtime.getRuntime().addShutdownHook(hook);
        }
        OUT.println("ready");
        new CountDownLatch(1).await(); // until the end of the JVM
    }

    private void save(Habit habit) {
        try {
            if (new CountDownLatch(1).await(PAUSE_MILLIS, TimeUnit.MILLISECONDS)) {
                throw new AssertionError("nobody counts down");
            }
            execute("INSERT INTO saved VALUES ('at the end')");
            if (habit == Habit.SAVES_AND_CLOSES) {
                pool.close();
            }
            OUT.println("saved");
        } catch (SQLException | InterruptedException e) {
            OUT.println(e);
        }
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
