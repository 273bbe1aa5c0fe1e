package io.github.jdbcpglite.testing;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;

/** What tests of migration tools do with a database besides migrating it. */
public final class TestSql {
    private static final long DEADLINE_SECONDS = 90;

    private TestSql() {}

    /** Runs statements on a connection of their own. */
    public static void execute(DataSource dataSource, String... statements) throws SQLException {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    /** Returns the first column of a query's rows. */
    public static List<String> strings(DataSource dataSource, String query) throws SQLException {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            List<String> strings = new ArrayList<>();
            while (rows.next()) {
                strings.add(rows.getString(1));
            }
            return strings;
        }
    }

    /**
     * Does something on two threads that begin at once.
     *
     * @return what each has returned
     * @throws Exception if one of them fails, or does not end within a minute and a half
     */
    public static <T> List<T> together(Callable<T> task) throws Exception {
        CyclicBarrier start = new CyclicBarrier(2);
        ExecutorService threads =
                Executors.newFixedThreadPool(2, work -> new Thread(work, "starter"));
        try {
            Callable<T> starter =
                    () -> {
                        start.await();
                        return task.call();
                    };
            List<T> results = new ArrayList<>();
            for (Future<T> future :
                    threads.invokeAll(
                            Collections.nCopies(2, starter), DEADLINE_SECONDS, TimeUnit.SECONDS)) {
                results.add(future.get());
            }
            return results;
        } finally {
            threads.shutdownNow();
        }
    }
}
