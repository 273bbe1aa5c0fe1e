package io.github.jdbcpglite.benchmarks;

import io.github.jdbcpglite.jdbc.PGliteClusters;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * One run of a contender with several threads, each with a connection of its own, in a process of
 * its own: prints {@code NAME VALUE} for each measure.
 *
 * <p>Arguments: the URL, the prefix of the names, and the divisor of the times, 1 for a real run.
 */
public final class ThreadsRun {
    static final int[] THREADS = {1, 4, 8, 16};

    /** How many connections are opened at once. */
    static final int CONNECTS = 8;

    /** Names of what the threads do, and what a table calls them. */
    static final String[][] KINDS = {
        {"selects", "selects by key"},
        {"small", "small transactions"},
        {"tpcb", "transactions like TPC-B's"},
    };

    /** Ends the name of the number of waits for the giant lock in a transaction. */
    static final String WAITS = "-waits";

    private static final int ACCOUNTS = 10_000;
    private static final int BRANCHES = 10;
    private static final long WARM_UP_MILLIS = 5000;
    private static final long MILLIS = 2000;
    private static final long SEED = 19;

    /** A transaction of one thread, over and over again. */
    private interface Work extends AutoCloseable {
        void once(Random random) throws SQLException;

        @Override
        void close() throws SQLException;
    }

    private final String url;
    private final String prefix;
    private final int divisor;
    private final ExecutorService threads =
            Executors.newCachedThreadPool(task -> new Thread(task, "benchmark-client"));

    private ThreadsRun(String url, String prefix, int divisor) {
        this.url = url;
        this.prefix = prefix;
        this.divisor = divisor;
    }

    /** Runs. */
    public static void main(String[] args) throws Exception {
        ThreadsRun run = new ThreadsRun(args[0], args[1], Integer.parseInt(args[2]));
        try (Connection keeper = DriverManager.getConnection(args[0]);
                Statement statement = keeper.createStatement()) {
            createTables(statement);
            for (String[] kind : KINDS) {
                run.measure(kind[0], 4, WARM_UP_MILLIS / run.divisor);
            }
            for (String[] kind : KINDS) {
                for (int count : THREADS) {
                    run.report(kind[0], count);
                }
            }
            run.connects();
            run.terminations(statement);
            statement.execute("DROP TABLE account, teller, branch, history");
        }
        System.exit(0);
    }

    private static void createTables(Statement statement) throws SQLException {
        statement.execute("CREATE TABLE account (id int PRIMARY KEY, b int, balance int)");
        statement.execute(
                "INSERT INTO account SELECT g, 1 + g % "
                        + BRANCHES
                        + ", 0 FROM generate_series(1, "
                        + ACCOUNTS
                        + ") g");
        statement.execute("CREATE TABLE teller (id int PRIMARY KEY, balance int)");
        statement.execute("INSERT INTO teller SELECT g, 0 FROM generate_series(1, 100) g");
        statement.execute("CREATE TABLE branch (id int PRIMARY KEY, balance int)");
        statement.execute(
                "INSERT INTO branch SELECT g, 0 FROM generate_series(1, " + BRANCHES + ") g");
        statement.execute("CREATE TABLE history (a int, t int, b int, delta int, at timestamptz)");
        statement.execute("ANALYZE");
    }

    private void print(String name, double value) {
        System.out.println(prefix + name + " " + value);
    }

    private void report(String kind, int count) throws Exception {
        String name = kind + "-" + count;
        long waits = PGliteClusters.totals().getTurnWaits();
        double[] result = measure(kind, count, MILLIS / divisor);
        double transactions = result[0] * MILLIS / divisor / 1000;
        print(name, result[0]);
        print(name + "-p99", result[1]);
        print(
                name + WAITS,
                (PGliteClusters.totals().getTurnWaits() - waits) / Math.max(1, transactions));
    }

    /** Returns transactions per second, and the 99th percentile of their milliseconds. */
    private double[] measure(String kind, int count, long millis) throws Exception {
        List<Future<long[]>> all = new ArrayList<>();
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        long start = System.nanoTime();
        for (int i = 0; i < count; i++) {
            Random random = new Random(SEED + i);
            Callable<long[]> task = () -> repeat(kind, random, end);
            all.add(threads.submit(task));
        }
        List<long[]> times = new ArrayList<>();
        for (Future<long[]> each : all) {
            times.add(each.get());
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        long[] sorted = times.stream().flatMapToLong(Arrays::stream).sorted().toArray();
        return new double[] {
            sorted.length / seconds, sorted[sorted.length - 1 - sorted.length / 100] / 1e6
        };
    }

    private long[] repeat(String kind, Random random, long end) throws SQLException {
        long[] times = new long[1024];
        int done = 0;
        try (Connection connection = DriverManager.getConnection(url);
                Work work = work(kind, connection)) {
            long last = System.nanoTime();
            while (last - end < 0 || done == 0) {
                work.once(random);
                long now = System.nanoTime();
                if (done == times.length) {
                    times = Arrays.copyOf(times, 2 * done);
                }
                times[done++] = now - last;
                last = now;
            }
        }
        return Arrays.copyOf(times, done);
    }

    private static Work work(String kind, Connection connection) throws SQLException {
        return switch (kind) {
            case "selects" -> new Selects(connection);
            case "small" -> new Writes(connection, 2);
            default -> new Writes(connection, 5);
        };
    }

    private static final class Selects implements Work {
        private final PreparedStatement select;

        Selects(Connection connection) throws SQLException {
            select = connection.prepareStatement("SELECT balance FROM account WHERE id = ?");
        }

        @Override
        public void once(Random random) throws SQLException {
            query(select, 1 + random.nextInt(ACCOUNTS));
        }

        @Override
        public void close() throws SQLException {
            select.close();
        }
    }

    private static void query(PreparedStatement select, int id) throws SQLException {
        select.setInt(1, id);
        try (ResultSet rows = select.executeQuery()) {
            if (!rows.next()) {
                throw new SQLException("no row " + id);
            }
        }
    }

    /** The first two statements of a transaction like TPC-B's, or all five, and COMMIT. */
    private static final class Writes implements Work {
        private final Connection connection;
        private final List<PreparedStatement> statements = new ArrayList<>();
        private final int count;

        Writes(Connection connection, int count) throws SQLException {
            this.connection = connection;
            this.count = count;
            connection.setAutoCommit(false);
            for (String sql :
                    List.of(
                            "UPDATE account SET balance = balance + 1 WHERE id = ?",
                            "INSERT INTO history VALUES (?, 1, 1, 1, now())",
                            "SELECT balance FROM account WHERE id = ?",
                            "UPDATE teller SET balance = balance + 1 WHERE id = 1 + ? % 100",
                            "UPDATE branch SET balance = balance + 1 WHERE id = 1 + ? % 10")) {
                statements.add(connection.prepareStatement(sql));
            }
        }

        @Override
        public void once(Random random) throws SQLException {
            int id = 1 + random.nextInt(ACCOUNTS);
            for (int i = 0; i < count; i++) {
                if (i == 2) {
                    query(statements.get(i), id);
                } else {
                    statements.get(i).setInt(1, id);
                    statements.get(i).executeUpdate();
                }
            }
            connection.commit();
        }

        @Override
        public void close() throws SQLException {
            for (PreparedStatement statement : statements) {
                statement.close();
            }
        }
    }

    private static double millisSince(long nanos) {
        return (System.nanoTime() - nanos) / 1e6;
    }

    /** Opens several connections at once, and prints the mean of their times. */
    private void connects() throws Exception {
        double[] rounds = new double[Math.max(3, 15 / divisor)];
        for (int i = 0; i < rounds.length; i++) {
            List<Future<Double>> all = new ArrayList<>();
            for (int k = 0; k < CONNECTS; k++) {
                all.add(threads.submit(this::connect));
            }
            for (Future<Double> each : all) {
                rounds[i] += each.get() / CONNECTS;
            }
        }
        print("connects", JdbcRun.median(rounds));
    }

    private double connect() throws SQLException {
        long start = System.nanoTime();
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            statement.execute("SELECT 1");
            return millisSince(start);
        }
    }

    /** Ends sessions that wait for a lock, and prints how long their clients take to see it. */
    private void terminations(Statement admin) throws Exception {
        double[] times = new double[Math.max(3, 15 / divisor)];
        admin.execute("SELECT pg_advisory_lock(1)");
        for (int i = 0; i < times.length; i++) {
            try (Connection blocked = DriverManager.getConnection(url);
                    Statement statement = blocked.createStatement()) {
                int pid = blocked.unwrap(org.postgresql.PGConnection.class).getBackendPID();
                Future<Long> ended =
                        threads.submit(
                                () -> {
                                    try {
                                        statement.execute("SELECT pg_advisory_lock(1)");
                                        throw new IllegalStateException("got the lock");
                                    } catch (SQLException e) {
                                        return System.nanoTime();
                                    }
                                });
                awaitLockWait(admin, pid);
                long start = System.nanoTime();
                admin.execute("SELECT pg_terminate_backend(" + pid + ")");
                times[i] = (ended.get() - start) / 1e6;
            }
        }
        print("terminate", JdbcRun.median(times));
        print("terminate-max", Arrays.stream(times).max().orElseThrow());
    }

    private static void awaitLockWait(Statement admin, int pid) throws SQLException {
        String sql =
                "SELECT 1 FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND pid = " + pid;
        while (true) {
            try (ResultSet rows = admin.executeQuery(sql)) {
                if (rows.next()) {
                    return;
                }
            }
        }
    }
}
