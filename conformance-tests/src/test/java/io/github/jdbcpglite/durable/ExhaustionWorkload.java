package io.github.jdbcpglite.durable;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Statements that take more memory than there is, each in a session that has others beside it.
 *
 * <p>For each the standard output has a line: its name, the SQLState it failed with, and how many
 * committed rows were seen afterwards by the session that failed, by one beside it, and by one
 * opened when the first had been closed.
 */
final class ExhaustionWorkload {
    static final int ROWS = 100;
    private static final int STATEMENTS_MAX = 500;

    /** Each writes some 60 kB of WAL, all together more than the JVMs of these tests have. */
    private static final int UPDATES = 3000;

    private final String url;

    ExhaustionWorkload(String url) {
        this.url = url;
    }

    /** Runs in a JVM of its own, whose heap is the limit. */
    public static void main(String[] args) throws SQLException {
        PrintStream out =
                new PrintStream(
                        new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
        new ExhaustionWorkload(args[0])
                .run()
                .forEach((name, outcome) -> out.println(name + " " + outcome));
    }

    /** Returns what became of each statement, by its name. */
    Map<String, String> run() throws SQLException {
        Map<String, String> outcomes = new LinkedHashMap<>();
        try (Connection keeper = DriverManager.getConnection(url)) {
            Db.run(
                    keeper,
                    "create table kept with (fillfactor = 20, autovacuum_enabled = off) as select"
                            + " i, repeat('x', 500) as filler from generate_series(1, "
                            + ROWS
                            + ") i");
            for (Map.Entry<String, String[]> entry : cases().entrySet()) {
                outcomes.put(entry.getKey(), outcome(keeper, entry.getValue()));
            }
            outcomes.put("written on", writeOnWhenFull());
            outcomes.put("kept", Db.value(keeper, "select count(*) from kept"));
        }
        return outcomes;
    }

    private static Map<String, String[]> cases() {
        Map<String, String[]> cases = new LinkedHashMap<>();
        cases.put(
                "sort",
                new String[] {
                    "set work_mem = '1GB'",
                    "select max(x) from (select repeat(md5(i::text), 9) || i x"
                            + " from (select generate_series(1, 2000000) i) g"
                            + " order by 1 offset 1) s"
                });
        cases.put("value", new String[] {"select length(repeat('x', 1000000000))"});
        cases.put(
                "array",
                new String[] {
                    "select length(array_agg(x)::text) from (select repeat('x', 300) || i x"
                            + " from generate_series(1, 300000) i) s"
                });
        cases.put(
                "spill",
                new String[] {
                    "set work_mem = '64kB'",
                    "select max(x) from (select repeat(md5(i::text), 9) x"
                            + " from generate_series(1, 2000000) i order by 1 offset 1) s"
                });
        cases.put(
                "table",
                new String[] {
                    "create table filler(x text) with (autovacuum_enabled = off)",
                    "insert into filler select repeat(md5(i::text), 30)"
                            + " from generate_series(1, 10000) i"
                });
        cases.put(
                "temporary table",
                new String[] {
                    "create temporary table filler(x text)",
                    "insert into filler select repeat(md5(i::text), 30)"
                            + " from generate_series(1, 10000) i"
                });
        return cases;
    }

    /**
     * Fills the memory with what is committed, and then writes much WAL without needing more.
     * Returns the SQLState with which the memory was full, or the error that came afterwards.
     */
    private String writeOnWhenFull() throws SQLException {
        String update = "update kept set filler = repeat('y', 500)";
        try (Connection session = DriverManager.getConnection(url)) {
            String state =
                    failure(
                            session,
                            "create table filler(x text) with (autovacuum_enabled = off)",
                            "insert into filler select repeat(md5(i::text), 30)"
                                    + " from generate_series(1, 1000) i");
            for (int i = 0; i < UPDATES; i++) {
                Db.run(session, update);
            }
            Db.run(session, "drop table filler");
            return state;
        }
    }

    private String outcome(Connection keeper, String[] statements) throws SQLException {
        String state;
        String count = "select count(*) from kept where length(filler) = 500";
        try (Connection session = DriverManager.getConnection(url)) {
            session.setAutoCommit(false);
            state = failure(session, statements);
            session.rollback();
            state += " " + Db.value(session, count) + " " + Db.value(keeper, count);
        }
        try (Connection next = DriverManager.getConnection(url)) {
            return state + " " + Db.value(next, count);
        }
    }

    /** Runs statements in order and the last one again and again, until one fails. */
    private static String failure(Connection session, String... statements) {
        try {
            Db.run(session, statements);
            for (int i = 0; i < STATEMENTS_MAX; i++) {
                Db.run(session, statements[statements.length - 1]);
            }
            return "none";
        } catch (SQLException e) {
            return String.valueOf(e.getSQLState());
        }
    }
}
