package io.github.jdbcpglite.durable;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Random;

/**
 * A program that writes until it is killed, and prints every commit once it was acknowledged: the
 * worker and its number. Some transactions are rolled back, which leave a row with a negative
 * number if they were not.
 */
final class CrashWorkload {
    static final int WORKERS = 3;
    static final int ACCOUNTS = 100;

    private static final String SCHEMA =
            """
            create table if not exists account(
              id int primary key, balance bigint not null, filler text);
            create table if not exists journal(
              worker int, seq int, source int not null, target int not null, amount int not null,
              payload text not null, digest text not null, primary key (worker, seq));
            create index if not exists account_balance on account(balance);
            create index if not exists journal_source on journal(source, seq);
            insert into account select i, 0, repeat('f', 100) from generate_series(1, 100) i
              on conflict do nothing;
            """;

    private final String url;
    private final int worker;
    private final Random random;
    private final PrintStream out;

    private CrashWorkload(String url, int worker, long seed, PrintStream out) {
        this.url = url;
        this.worker = worker;
        this.random = new Random(seed + worker);
        this.out = out;
    }

    /** Takes the URL and a seed. */
    public static void main(String[] arguments) throws SQLException, InterruptedException {
        PrintStream out =
                new PrintStream(
                        new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
        long seed = Long.parseLong(arguments[1]);
        try (Connection connection = DriverManager.getConnection(arguments[0])) {
            Db.run(connection, SCHEMA);
            Thread[] threads = new Thread[WORKERS];
            for (int i = 0; i < WORKERS; i++) {
                CrashWorkload workload = new CrashWorkload(arguments[0], i, seed, out);
                threads[i] = new Thread(workload::run, "worker-" + i);
                threads[i].start();
            }
            out.println("started");
            for (Thread thread : threads) {
                thread.join();
            }
        }
    }

    private void run() {
        try (Connection connection = DriverManager.getConnection(url)) {
            connection.setAutoCommit(false);
            int seq =
                    Integer.parseInt(
                            Db.value(
                                    connection,
                                    "select coalesce(max(seq), 0) from journal where worker = "
                                            + worker));
            while (true) {
                seq = transaction(connection, seq);
            }
        } catch (SQLException e) {
            out.println("failed " + e.getSQLState() + " " + e.getMessage());
        }
    }

    private int transaction(Connection connection, int seq) throws SQLException {
        int kind = random.nextInt(20);
        if (kind == 0) {
            transfer(connection, -seq - 1);
            connection.rollback();
            return seq;
        }
        if (kind == 1) {
            Db.run(connection, "savepoint s");
            transfer(connection, -seq - 1);
            Db.run(connection, "rollback to savepoint s");
        }
        transfer(connection, seq + 1);
        if (kind == 2) {
            Db.run(
                    connection,
                    "update account set filler = repeat('g', 50 + id) where id % 7 = "
                            + random.nextInt(7));
        }
        connection.commit();
        // One write of one line, so that a kill does not cut it.
        out.println("commit " + worker + " " + (seq + 1));
        if (kind == 3 && random.nextInt(5) == 0) {
            connection.setAutoCommit(true);
            Db.run(connection, random.nextBoolean() ? "checkpoint" : "vacuum account");
            connection.setAutoCommit(false);
        }
        return seq + 1;
    }

    private void transfer(Connection connection, int seq) throws SQLException {
        // In order of their numbers, so that no two workers wait for each other.
        int low = 1 + random.nextInt(ACCOUNTS - 1);
        int high = low + 1 + random.nextInt(ACCOUNTS - low);
        int amount = random.nextInt(2001) - 1000;
        String move = "update account set balance = balance + ? where id = ?";
        try (PreparedStatement update = connection.prepareStatement(move)) {
            update.setInt(1, -amount);
            update.setInt(2, low);
            update.executeUpdate();
            update.setInt(1, amount);
            update.setInt(2, high);
            update.executeUpdate();
        }
        String note = "insert into journal values (?, ?, ?, ?, ?, ?, md5(?))";
        try (PreparedStatement insert = connection.prepareStatement(note)) {
            String payload = payload();
            insert.setInt(1, worker);
            insert.setInt(2, seq);
            insert.setInt(3, low);
            insert.setInt(4, high);
            insert.setInt(5, amount);
            insert.setString(6, payload);
            insert.setString(7, payload);
            insert.executeUpdate();
        }
    }

    /** Returns a text that is short or, now and then, so long that it is stored out of line. */
    private String payload() {
        int length = random.nextInt(10) == 0 ? 10_000 : random.nextInt(100);
        StringBuilder text = new StringBuilder(length);
        while (text.length() < length) {
            text.append(Integer.toHexString(random.nextInt()));
        }
        return text.toString();
    }
}
