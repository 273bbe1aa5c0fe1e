package io.github.jdbcpglite.scenario;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.postgresql.PGConnection;

/**
 * One session of the soak test, which does at random what applications do and opens a new
 * connection when its own has ended. Keeps which of its transfers were acknowledged.
 */
final class SoakWorker {
    static final int ACCOUNTS = 200;

    /**
     * What a session may meet among others: conflicts, timeouts, and its end by another's wish,
     * which a client can also see as a broken connection.
     */
    private static final Set<String> EXPECTED =
            Set.of("40001", "40P01", "55P03", "57014", "57P01", "08006", "08003", "25P02");

    private static final String UNABLE_TO_CONNECT = "08001";

    private final String url;
    private final int number;
    private final Random random;
    private final List<Integer> acknowledged = new ArrayList<>();
    private Session session;
    private int transfers;
    private int failures;
    private int reconnects;
    private long operations;

    SoakWorker(String url, int number, long seed) throws SQLException {
        this.url = url;
        this.number = number;
        this.random = new Random(seed);
        this.session = Session.open(url);
    }

    int number() {
        return number;
    }

    /** Returns the numbers of the transfers whose commit was acknowledged. */
    List<Integer> acknowledged() {
        return acknowledged;
    }

    String summary() {
        return operations
                + " operations, "
                + acknowledged.size()
                + " transfers, "
                + failures
                + " expected failures, "
                + reconnects
                + " new connections";
    }

    void runUntil(long deadlineNanos) throws SQLException {
        try {
            while (System.nanoTime() - deadlineNanos < 0) {
                operations++;
                try {
                    operate(random.nextInt(100));
                } catch (SQLException e) {
                    recover(e);
                }
            }
        } finally {
            session.close();
        }
    }

    private void recover(SQLException failure) throws SQLException {
        failures++;
        if (!EXPECTED.contains(String.valueOf(failure.getSQLState()))) {
            throw failure;
        }
        try {
            session.run("rollback");
            session.run("reset all");
        } catch (SQLException e) {
            reopen();
        }
    }

    private void reopen() throws SQLException {
        reconnects++;
        session.close();
        while (true) {
            try {
                session = Session.open(url);
                return;
            } catch (SQLException e) {
                // Another may end the new session before its first answer. While it authenticates,
                // PostgreSQL tells that to its log alone, as if authentication took too long.
                String state = String.valueOf(e.getSQLState());
                if (!EXPECTED.contains(state) && !state.equals(UNABLE_TO_CONNECT)) {
                    throw e;
                }
            }
        }
    }

    private void operate(int dice) throws SQLException {
        if (dice < 45) {
            transfer();
        } else if (dice < 55) {
            session.run("begin; delete from account where a < 50; rollback");
        } else if (dice < 62) {
            session.run("begin; savepoint s; insert into scratch select generate_series(1, 500)");
            session.run("rollback to s; insert into scratch values (1); commit");
        } else if (dice < 68) {
            session.rows("select a, v, sum(v) over (order by v, a) from account order by 3, 1");
        } else if (dice < 72) {
            fetchInPieces();
        } else if (dice < 76) {
            copy();
        } else if (dice < 80) {
            session.run("set statement_timeout = '5ms'");
            session.run("select count(*) from generate_series(1, 100000000)");
        } else if (dice < 84) {
            session.run(
                    "create temp table if not exists own(i int, t text);"
                            + " insert into own select g, repeat('x', 100)"
                            + " from generate_series(1, 200) g; drop table own");
        } else if (dice < 88) {
            session.run("begin; select pg_advisory_xact_lock(" + random.nextInt(3) + "); commit");
        } else if (dice < 91) {
            session.run("listen soak; notify soak, 'x'; unlisten *");
        } else if (dice < 93) {
            session.run("vacuum scratch");
        } else if (dice < 95) {
            serializable();
        } else if (dice < 97) {
            session.rows("select count(pg_cancel_backend(pid)) from (" + anotherSession() + ") o");
        } else if (dice < 98) {
            session.rows(
                    "select count(pg_terminate_backend(pid)) from (" + anotherSession() + ") o");
        } else {
            reopen();
        }
    }

    private static String anotherSession() {
        return "select pid from pg_stat_activity where backend_type = 'client backend'"
                + " and application_name <> 'keeper' and pid <> pg_backend_pid()"
                + " order by random() limit 1";
    }

    private void transfer() throws SQLException {
        int from = 1 + random.nextInt(ACCOUNTS);
        int to = 1 + random.nextInt(ACCOUNTS);
        int amount = random.nextInt(1000);
        int id = transfers++;
        session.run(
                "begin; update account set v = v - "
                        + amount
                        + " where a = "
                        + from
                        + "; update account set v = v + "
                        + amount
                        + " where a = "
                        + to
                        + "; insert into history values ("
                        + number
                        + ", "
                        + id
                        + ")");
        session.run("commit");
        acknowledged.add(id);
    }

    private void serializable() throws SQLException {
        session.run("begin isolation level serializable; select sum(v) from account");
        session.run("insert into scratch select count(*) from scratch; commit");
    }

    private void fetchInPieces() throws SQLException {
        session.connection().setAutoCommit(false);
        try (PreparedStatement statement =
                session.connection().prepareStatement("select * from history limit ?")) {
            statement.setFetchSize(50);
            statement.setInt(1, 400);
            try (ResultSet rows = statement.executeQuery()) {
                int seen = 0;
                while (rows.next() && seen < 300) {
                    seen++;
                }
            }
            session.connection().commit();
        } finally {
            if (!session.connection().isClosed()) {
                session.connection().setAutoCommit(true);
            }
        }
    }

    private void copy() throws SQLException {
        byte[] rows = "7\n8\n9\n".repeat(300).getBytes(StandardCharsets.US_ASCII);
        try {
            session.connection()
                    .unwrap(PGConnection.class)
                    .getCopyAPI()
                    .copyIn("copy scratch from stdin", new ByteArrayInputStream(rows));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        try (Statement statement = session.connection().createStatement()) {
            statement.setQueryTimeout(30);
            statement.execute("delete from scratch where i between 7 and 9");
        }
    }
}
