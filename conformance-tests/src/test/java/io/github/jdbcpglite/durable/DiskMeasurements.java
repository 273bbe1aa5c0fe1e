package io.github.jdbcpglite.durable;

import io.github.jdbcpglite.conformance.server.OracleServer;
import io.github.jdbcpglite.conformance.server.OracleUnavailableException;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/**
 * Measures what docs/RELIABILITY.md tells of speed: transactions like pgbench's TPC-B at each level
 * of durability, against a native server with the same settings on the same disk, and how long a
 * directory takes to open. A program, not a test; the numbers are of one machine.
 */
final class DiskMeasurements {
    private static final PrintStream OUT =
            new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
    private static final int SECONDS = Integer.getInteger("durable.seconds", 10);
    private static final int ACCOUNTS = 10_000;
    private static final List<String> LEVELS = List.of("full", "relaxed", "off");

    private DiskMeasurements() {}

    /** Takes a directory to work in; leaves nothing there. */
    public static void main(String[] arguments) throws Exception {
        Path work = Files.createTempDirectory(Path.of(arguments[0]), "measure");
        try {
            opening(work.resolve("large"));
            writing(work);
        } finally {
            deleteTree(work);
        }
    }

    private static void opening(Path directory) throws SQLException, IOException {
        timed("new directory", directory);
        try (Connection connection = Db.open(directory)) {
            Db.run(
                    connection,
                    "create table big as select i, repeat(md5(i::text), 8) as x"
                            + " from generate_series(1, 160000) i",
                    "create index on big(i)");
        }
        try (Stream<Path> walk = Files.walk(directory)) {
            long bytes = walk.filter(Files::isRegularFile).mapToLong(DiskMeasurements::size).sum();
            OUT.printf(Locale.ROOT, "size %d MB%n", bytes >> 20);
        }
        timed("after a clean close", directory);
        timed("after a clean close", directory);
        for (int i = 0; i < 2; i++) {
            try (ChildJvm child = ChildJvm.start(DirectoryHolder.class, Db.url(directory))) {
                child.line();
                child.kill();
                child.awaitExit();
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
            timed("after a kill", directory);
        }
    }

    private static void timed(String what, Path directory) throws SQLException {
        long start = System.nanoTime();
        try (Connection connection = Db.open(directory)) {
            Db.value(connection, "select 1");
            long opened = System.nanoTime();
            OUT.printf(
                    Locale.ROOT,
                    "open %s: %d ms%n",
                    what,
                    TimeUnit.NANOSECONDS.toMillis(opened - start));
        }
    }

    private static long size(Path path) {
        try {
            return Files.size(path);
        } catch (IOException e) {
            return 0; // gone meanwhile
        }
    }

    private static void writing(Path work) throws Exception {
        for (String level : LEVELS) {
            String url = Db.url(work.resolve(level)) + "?pglite.durability=" + level;
            measure("pglite", level, url);
        }
        try (OracleServer server = OracleServer.start()) {
            String url = server.urlTemplate().replace("{database}", "postgres");
            for (String level : LEVELS) {
                try (Connection connection = DriverManager.getConnection(url)) {
                    Db.run(
                            connection,
                            "alter system set fsync = " + (level.equals("off") ? "off" : "on"),
                            "alter system set full_page_writes = "
                                    + (level.equals("off") ? "off" : "on"),
                            "alter system set synchronous_commit = "
                                    + (level.equals("relaxed") ? "off" : "on"),
                            "select pg_reload_conf()");
                }
                measure("native", level, url);
            }
        } catch (OracleUnavailableException e) {
            OUT.println("no native server: " + e.getMessage());
        }
    }

    private static void measure(String server, String level, String url) throws Exception {
        try (Connection connection = DriverManager.getConnection(url)) {
            Db.run(
                    connection,
                    "drop table if exists accounts, history",
                    "create table accounts(id int primary key, balance int, filler char(84))",
                    "insert into accounts select i, 0, '' from generate_series(1, "
                            + ACCOUNTS
                            + ") i",
                    "create table history(id int, delta int, at timestamp, filler char(22))");
            run(url, 4, Math.min(5, SECONDS)); // warms the JVM up
            OUT.printf(
                    Locale.ROOT,
                    "%s %s: 1 client %.0f, 4 clients %.0f transactions/s%n",
                    server,
                    level,
                    run(url, 1, SECONDS),
                    run(url, 4, SECONDS));
        }
    }

    private static double run(String url, int clients, int seconds) throws InterruptedException {
        AtomicLong done = new AtomicLong();
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        Thread[] threads = new Thread[clients];
        for (int i = 0; i < clients; i++) {
            Random random = new Random(i);
            threads[i] = new Thread(() -> client(url, random, end, done), "client-" + i);
            threads[i].start();
        }
        for (Thread thread : threads) {
            thread.join();
        }
        return done.get() / (double) seconds;
    }

    private static void client(String url, Random random, long end, AtomicLong done) {
        try (Connection connection = DriverManager.getConnection(url);
                PreparedStatement update =
                        connection.prepareStatement(
                                "update accounts set balance = balance + ? where id = ?");
                PreparedStatement select =
                        connection.prepareStatement("select balance from accounts where id = ?");
                PreparedStatement insert =
                        connection.prepareStatement(
                                "insert into history values (?, ?, now(), '')")) {
            connection.setAutoCommit(false);
            while (System.nanoTime() - end < 0) {
                int id = 1 + random.nextInt(ACCOUNTS);
                int delta = random.nextInt(10_000) - 5000;
                update.setInt(1, delta);
                update.setInt(2, id);
                update.executeUpdate();
                select.setInt(1, id);
                select.executeQuery().close();
                insert.setInt(1, id);
                insert.setInt(2, delta);
                insert.executeUpdate();
                connection.commit();
                done.incrementAndGet();
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void deleteTree(Path root) throws IOException {
        List<Path> paths;
        try (Stream<Path> walk = Files.walk(root)) {
            paths = walk.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path path : paths) {
            Files.delete(path);
        }
    }
}
