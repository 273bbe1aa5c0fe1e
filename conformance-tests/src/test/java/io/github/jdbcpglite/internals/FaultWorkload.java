package io.github.jdbcpglite.internals;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jdbcpglite.jdbc.Drivers;
import io.github.jdbcpglite.sql.Rows;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.SQLException;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Two sessions with transactions, of which one waits for the other's row lock; then a third that
 * looks what is left of them. The first of them is the one that fails.
 */
final class FaultWorkload implements AutoCloseable {
    private static final long DEADLINE_SECONDS = 60;
    private static final int ADDED_ROWS = 50;

    private final Driver driver;
    private final String url;
    private final Connection keeper;
    private final ExecutorService threads =
            Executors.newCachedThreadPool(task -> new Thread(task, "fault-workload"));
    private int round;

    // What the rows must say, by what was committed so far.
    private int victimRow;
    private int bystanderRow;

    /** How a session came to its end. */
    private enum End {
        COMMITTED,
        NOT_COMMITTED,
        UNKNOWN
    }

    /**
     * What happened to the failing session.
     *
     * @param sqlState of its error, or {@code null} if it had none
     * @param recovered whether the cluster had to be started again
     */
    record Outcome(@Nullable String sqlState, boolean recovered) {}

    FaultWorkload(HostFaults faults, String url) throws SQLException {
        this.driver = Drivers.of(faults.factory());
        this.url = url;
        this.keeper = connect();
        run(
                keeper,
                "create table t(id int primary key, v int)",
                "insert into t select i, 0 from generate_series(1, 10) i",
                "create table kept(round int, i int, x text, primary key (round, i))",
                "insert into kept select 0, i, 'row' from generate_series(1, 100) i");
    }

    /** Runs the sessions once. The fault, if one is armed, hits the one that connects second. */
    Outcome round(HostFaults faults, HostFaults.@Nullable Fault fault) throws Exception {
        round++;
        Connection bystander = connect();
        String before = instance(bystander);
        run(bystander, "begin", "update t set v = v + 1 where id = 2");
        Victim victim = new Victim(bystander);
        faults.arm(fault);
        Future<@Nullable String> running = threads.submit(victim::work);
        String state = await(running, "the session that fails");
        End other = victim.endOfBystander();
        try (Connection observer = connect()) {
            verify(observer, victim.end, other);
            return new Outcome(state, !instance(observer).equals(before));
        }
    }

    /** Tells one start of the cluster from the next. */
    private static String instance(Connection connection) throws SQLException {
        return value(connection, "select pg_postmaster_start_time()");
    }

    private void verify(Connection observer, End victim, End bystander) throws Exception {
        run(observer, "begin", "select * from t where id in (1, 2) for update nowait", "rollback");
        assertThat(value(observer, "select count(*) from kept where round = 0"))
                .as("rows committed before")
                .isEqualTo("100");
        int added =
                Integer.parseInt(
                        value(observer, "select count(*) from kept where round = " + round));
        boolean kept = added != 0;
        assertThat(added).as("rows of the failing session").isIn(0, ADDED_ROWS);
        assertEnd("the failing session", victim, kept);
        int second = Integer.parseInt(value(observer, "select v from t where id = 2"));
        boolean bystanderKept = second != bystanderRow;
        assertEnd("the other session", bystander, bystanderKept);
        victimRow += (kept ? 1 : 0) + (bystanderKept ? 1 : 0);
        bystanderRow += bystanderKept ? 1 : 0;
        assertThat(value(observer, "select string_agg(v::text, ',' order by id) from t"))
                .as("rows that both sessions change, in whole transactions")
                .isEqualTo(victimRow + "," + bystanderRow + ",0,0,0,0,0,0,0,0");
        awaitNoRows(
                observer,
                "select pid, locktype, mode from pg_locks where pid <> pg_backend_pid() and pid in"
                        + " (select pid from pg_stat_activity where backend_type = 'client"
                        + " backend')");
    }

    private static void assertEnd(String who, End end, boolean kept) {
        if (end != End.UNKNOWN) {
            assertThat(kept)
                    .as("work of %s, %s, is kept", who, end)
                    .isEqualTo(end == End.COMMITTED);
        }
    }

    private static void awaitNoRows(Connection connection, String sql) throws SQLException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(DEADLINE_SECONDS);
        List<String> rows = Rows.of(connection, sql, ",");
        while (!rows.isEmpty()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("stays: " + rows);
            }
            rows = Rows.of(connection, sql, ",");
        }
    }

    /** The session that fails, and what it shares with the one that waits for it. */
    private final class Victim {
        private final Connection bystander;
        private volatile End end = End.NOT_COMMITTED;
        private volatile @Nullable Future<End> waiting;

        Victim(Connection bystander) {
            this.bystander = bystander;
        }

        /** Returns the SQLState of its failure, or {@code null}. */
        @Nullable String work() {
            try (Connection connection = connect()) {
                run(connection, FaultScript.before(round));
                run(connection, "begin");
                run(connection, FaultScript.transaction(round, ADDED_ROWS));
                waiting = threads.submit(this::waitForVictim);
                awaitWaiting(connection);
                end = End.UNKNOWN;
                run(connection, "commit");
                end = End.COMMITTED;
                run(connection, FaultScript.after(round));
                return null;
            } catch (SQLException e) {
                return String.valueOf(e.getSQLState());
            }
        }

        private void awaitWaiting(Connection connection) throws SQLException {
            long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(DEADLINE_SECONDS);
            while (value(connection, "select count(*) from pg_locks where not granted")
                    .equals("0")) {
                assertThat(System.nanoTime()).as("the other session waits").isLessThan(deadline);
            }
        }

        private End waitForVictim() {
            try {
                run(bystander, "update t set v = v + 1 where id = 1");
            } catch (SQLException e) {
                assertThat(e.getSQLState()).as(e.getMessage()).isIn("57P02", "08006", "08003");
                return End.NOT_COMMITTED;
            }
            try (bystander) {
                run(bystander, "commit");
                return End.COMMITTED;
            } catch (SQLException e) {
                assertThat(e.getSQLState()).as(e.getMessage()).isIn("57P02", "08006", "08003");
                return End.UNKNOWN;
            }
        }

        /** Waits for the other session, which must have gone on or have lost its cluster. */
        End endOfBystander() throws Exception {
            Future<End> started = waiting;
            return await(
                    started == null ? threads.submit(this::waitForVictim) : started,
                    "the session that waits for the failing one");
        }
    }

    private static <T extends @Nullable Object> T await(Future<T> future, String who)
            throws InterruptedException {
        try {
            return future.get(DEADLINE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new AssertionError(who, e.getCause());
        } catch (TimeoutException e) {
            throw new AssertionError(who + " hangs", e);
        }
    }

    private Connection connect() throws SQLException {
        Connection connection = driver.connect(url, new Properties());
        if (connection == null) {
            throw new IllegalStateException("no such URL: " + url);
        }
        return connection;
    }

    private static void run(Connection connection, String... statements) throws SQLException {
        run(connection, List.of(statements));
    }

    private static void run(Connection connection, List<String> statements) throws SQLException {
        for (String sql : statements) {
            Rows.of(connection, sql, ",");
        }
    }

    private static String value(Connection connection, String sql) throws SQLException {
        return Rows.one(connection, sql, ",");
    }

    @Override
    public void close() throws SQLException {
        threads.shutdownNow();
        keeper.close();
    }
}
