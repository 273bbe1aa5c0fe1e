package io.github.jdbcpglite.benchmarks;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * One run of a contender with a JDBC driver, in a process of its own: prints {@code NAME VALUE} for
 * each measure, in milliseconds unless the name says otherwise.
 *
 * <p>Arguments: the URL, the {@link Target} behind it, and the divisor of the numbers of rows and
 * repetitions, 1 for a real run.
 */
public final class JdbcRun {
    /** What is behind a URL; its name is an argument. */
    enum Target {
        POSTGRESQL,
        /** PostgreSQL that has one connection at a time, so others cannot be measured. */
        POSTGRESQL_OF_ONE_CONNECTION,
        H2
    }

    private static final int QUERY_RUNS = 20;
    private static final int FIRST_RUNS = 3;
    private static final int LAST_RUNS = 5;
    private static final long POOL_PAUSE_NANOS = 25_000_000;

    private final String url;
    private final Target target;
    private final int divisor;
    private final Connection connection;

    private JdbcRun(String url, Target target, int divisor) throws SQLException {
        this.url = url;
        this.target = target;
        this.divisor = divisor;
        this.connection = DriverManager.getConnection(url);
    }

    /** Runs. */
    public static void main(String[] args) throws SQLException {
        JdbcRun run = new JdbcRun(args[0], Target.valueOf(args[1]), Integer.parseInt(args[2]));
        run.firstResult();
        run.smallStatements();
        run.inserts();
        run.selectsAndUpdates();
        run.analytics();
        run.prepared();
        run.dropTables();
        if (run.target != Target.POSTGRESQL_OF_ONE_CONNECTION) {
            run.connections();
            run.memory();
        }
        run.connection.close();
        System.exit(0);
    }

    private static void print(String name, double value) {
        System.out.println(name + " " + value);
    }

    private static double millisSince(long nanos) {
        return (System.nanoTime() - nanos) / 1e6;
    }

    private void firstResult() throws SQLException {
        try (Statement statement = connection.createStatement()) {
            check(1, longOf(statement, "SELECT 1"));
        }
        print("first-result-at", System.currentTimeMillis());
    }

    private static long longOf(Statement statement, String sql) throws SQLException {
        try (ResultSet result = statement.executeQuery(sql)) {
            result.next();
            return result.getLong(1);
        }
    }

    private static void check(long expected, long actual) {
        if (expected != actual) {
            throw new IllegalStateException("expected " + expected + " and got " + actual);
        }
    }

    /** The first 5,000 statements of the process, all of them text. */
    private void smallStatements() throws SQLException {
        long start = System.nanoTime();
        int rounds = 1000 / divisor;
        try (Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE small (id int PRIMARY KEY, name varchar(50), n int)");
            for (int i = 0; i < rounds; i++) {
                statement.executeUpdate(
                        "INSERT INTO small (id, name, n) VALUES (" + i + ", 'name " + i + "', 0)");
                statement.executeUpdate("UPDATE small SET n = n + " + i + " WHERE id = " + i);
                check(i, longOf(statement, "SELECT n FROM small WHERE id = " + i));
                check(
                        1,
                        longOf(
                                statement,
                                "SELECT count(*) FROM small s JOIN small t ON t.id = s.id"
                                        + " WHERE s.id = "
                                        + i
                                        + " AND t.name LIKE 'name%'"));
                longOf(
                        statement,
                        "SELECT coalesce(max(n), 0) + length('abc') FROM small WHERE id < " + i);
            }
        }
        print("first-5000", millisSince(start));
    }

    private void inserts() throws SQLException {
        int rows = 25_000 / divisor;
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE item (id int PRIMARY KEY, k int, v varchar(100))");
            statement.execute("CREATE INDEX item_k ON item (k)");
            statement.execute("CREATE TABLE batched (id int PRIMARY KEY, k int, v varchar(100))");
        }
        connection.commit();
        long start = System.nanoTime();
        fill("INSERT INTO item (id, k, v) VALUES (?, ?, ?)", rows, 1);
        connection.commit();
        print("25k-inserts", millisSince(start));
        start = System.nanoTime();
        fill("INSERT INTO batched (id, k, v) VALUES (?, ?, ?)", rows, 500);
        connection.commit();
        print("25k-batch-inserts", millisSince(start));
    }

    private void fill(String sql, int rows, int batch) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < rows; i++) {
                statement.setInt(1, i);
                statement.setInt(2, i % 1000);
                statement.setString(3, "value of the row " + i);
                if (batch == 1) {
                    check(1, statement.executeUpdate());
                } else {
                    statement.addBatch();
                    if ((i + 1) % batch == 0 || i + 1 == rows) {
                        statement.executeBatch();
                    }
                }
            }
        }
    }

    private void selectsAndUpdates() throws SQLException {
        int rows = 25_000 / divisor;
        long start = System.nanoTime();
        try (PreparedStatement select =
                connection.prepareStatement("SELECT count(*), max(v) FROM item WHERE k = ?")) {
            for (int i = 0; i < 5000 / divisor; i++) {
                select.setInt(1, i % 1000);
                try (ResultSet result = select.executeQuery()) {
                    result.next();
                    check((rows + 999 - i % 1000) / 1000, result.getLong(1));
                }
            }
        }
        connection.commit();
        print("5k-indexed-selects", millisSince(start));
        start = System.nanoTime();
        try (PreparedStatement update =
                connection.prepareStatement("UPDATE item SET v = ? WHERE id = ?")) {
            for (int i = 0; i < rows; i++) {
                update.setString(1, "changed " + i);
                update.setInt(2, i);
                check(1, update.executeUpdate());
            }
        }
        connection.commit();
        connection.setAutoCommit(true);
        print("25k-indexed-updates", millisSince(start));
    }

    private void analytics() throws SQLException {
        int rows = 200_000 / divisor;
        boolean h2 = target == Target.H2;
        String source = h2 ? "system_range" : "generate_series";
        String column = h2 ? "x" : source;
        try (Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE big (id int PRIMARY KEY, g int, v double precision)");
            statement.execute(
                    "INSERT INTO big SELECT "
                            + column
                            + ", mod("
                            + column
                            + ", 100), "
                            + column
                            + " * 0.5 FROM "
                            + source
                            + "(1, "
                            + rows
                            + ")");
            statement.execute("ANALYZE");
            query(
                    statement,
                    "aggregate",
                    "SELECT count(*) FROM (SELECT g, sum(v), avg(v) FROM big" + " GROUP BY g) a",
                    100);
            query(
                    statement,
                    "sort",
                    "SELECT id FROM big ORDER BY v DESC, id LIMIT 1 OFFSET " + rows / 2,
                    rows - rows / 2);
            query(
                    statement,
                    "hash-join",
                    "SELECT count(*) FROM big a JOIN big b ON a.id = b.id" + " WHERE a.g < 50",
                    rows / 2);
            query(
                    statement,
                    "window",
                    "SELECT max(r) FROM (SELECT row_number() OVER (PARTITION BY"
                            + " g ORDER BY v) r FROM big) s",
                    rows / 100);
        }
    }

    /** Runs a query and prints the medians of its first times and of its last. */
    private static void query(Statement statement, String name, String sql, long expected)
            throws SQLException {
        double[] times = new double[QUERY_RUNS];
        for (int i = 0; i < times.length; i++) {
            long start = System.nanoTime();
            check(expected, longOf(statement, sql));
            times[i] = millisSince(start);
        }
        print(name, median(Arrays.copyOf(times, FIRST_RUNS)));
        print(
                name + "-warm",
                median(Arrays.copyOfRange(times, QUERY_RUNS - LAST_RUNS, QUERY_RUNS)));
    }

    static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    private void prepared() throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("SELECT 1")) {
            double[] rounds = new double[20];
            for (int i = 0; i < rounds.length; i++) {
                int calls = 1000 / divisor;
                long start = System.nanoTime();
                for (int k = 0; k < calls; k++) {
                    try (ResultSet result = statement.executeQuery()) {
                        result.next();
                        check(1, result.getInt(1));
                    }
                }
                rounds[i] = millisSince(start) * 1000 / calls;
            }
            print(
                    "select-1-us",
                    median(Arrays.copyOfRange(rounds, rounds.length / 2, rounds.length)));
        }
    }

    /** Makes room for clones, which have to fit into the same heap. */
    private void dropTables() throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("DROP TABLE small, item, batched, big");
        }
    }

    private void connections() throws SQLException {
        print("connection", opening(url));
        print("paced-connection", filling());
        if (url.startsWith("jdbc:pglite:")) {
            print("empty-database", opening("jdbc:pglite:temp:"));
            io.github.jdbcpglite.jdbc.PGlite.saveTemplate("bench", fillTemplate());
            print("clone", opening("jdbc:pglite:temp:?pglite.template=bench"));
        }
    }

    /** A cluster that stays open without connections, so that clones need no recovery. */
    private static String fillTemplate() throws SQLException {
        String source = "jdbc:pglite:memory:bench-template?pglite.close=600";
        try (Connection filled = DriverManager.getConnection(source);
                Statement statement = filled.createStatement()) {
            for (int i = 0; i < 50; i++) {
                statement.execute("CREATE TABLE t" + i + " (id int PRIMARY KEY, v text UNIQUE)");
                statement.execute(
                        "INSERT INTO t"
                                + i
                                + " SELECT x, x::text FROM generate_series(1,"
                                + " 100) x");
            }
        }
        return source;
    }

    /** Opens connections as HikariCP fills its pool: they stay, and it pauses after each. */
    private double filling() throws SQLException {
        double[] times = new double[Math.max(4, 20 / divisor)];
        List<Connection> pool = new ArrayList<>();
        for (int i = 0; i < times.length; i++) {
            LockSupport.parkNanos(POOL_PAUSE_NANOS);
            long start = System.nanoTime();
            pool.add(DriverManager.getConnection(url));
            times[i] = millisSince(start);
        }
        for (Connection each : pool) {
            each.close();
        }
        return median(Arrays.copyOfRange(times, times.length / 2, times.length));
    }

    private double opening(String target) throws SQLException {
        double[] times = new double[Math.max(4, 40 / divisor)];
        for (int i = 0; i < times.length; i++) {
            long start = System.nanoTime();
            try (Connection opened = DriverManager.getConnection(target);
                    Statement statement = opened.createStatement()) {
                check(1, longOf(statement, "SELECT 1"));
                times[i] = millisSince(start);
            }
        }
        return median(Arrays.copyOfRange(times, times.length / 2, times.length));
    }

    private void memory() throws SQLException {
        if (!url.startsWith("jdbc:pglite:")) {
            return;
        }
        int count = 10;
        print("connection-heap-kb", heapOf(url, count));
        print("clone-heap-kb", heapOf("jdbc:pglite:temp:?pglite.template=bench", count));
    }

    private static double heapOf(String target, int count) throws SQLException {
        long before = usedHeap();
        Connection[] opened = new Connection[count];
        for (int i = 0; i < count; i++) {
            opened[i] = DriverManager.getConnection(target);
            try (Statement statement = opened[i].createStatement()) {
                check(1, longOf(statement, "SELECT 1"));
            }
        }
        double each = (usedHeap() - before) / 1024.0 / count;
        for (Connection each1 : opened) {
            each1.close();
        }
        return each;
    }

    private static long usedHeap() {
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }
}
