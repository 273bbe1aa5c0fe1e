package io.github.jdbcpglite.durable;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A JVM that writes is killed at a random moment, its directory opened here and looked through;
 * then the next one goes on with it.
 *
 * <p>{@code -Ddurable.kills=200} sets the number of kills and {@code -Ddurable.seed=…} repeats a
 * run, as far as the moments of an operating system can be repeated.
 */
@Timeout(value = 6, unit = TimeUnit.HOURS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class CrashTest {
    private static final int KILLS = Integer.getInteger("durable.kills", 10);
    private static final long SEED = Long.getLong("durable.seed", System.nanoTime());
    private static final int LONGEST_RUN_MILLIS = 3000;

    @TempDir Path temp;
    private final int[] acknowledged = new int[CrashWorkload.WORKERS];
    private int acknowledgedInAll;

    @Test
    void noAcknowledgedCommitIsLostWithFullDurability() throws Exception {
        crashAgainAndAgain("full", true);
    }

    @Test
    void aDatabaseStaysConsistentWithRelaxedDurability() throws Exception {
        crashAgainAndAgain("relaxed", false);
    }

    /** Without fsync it is the kernel that keeps what a process had written. */
    @Test
    void noAcknowledgedCommitIsLostByAProcessWithoutDurability() throws Exception {
        crashAgainAndAgain("off", true);
    }

    private void crashAgainAndAgain(String durability, boolean allKept) throws Exception {
        Path directory = temp.resolve("db");
        String url = Db.url(directory) + "?pglite.durability=" + durability;
        Random random = new Random(SEED);
        int lost = 0;
        for (int kill = 1; kill <= KILLS; kill++) {
            String run = durability + ", seed " + SEED + ", kill " + kill;
            runAndKill(url, random);
            try (Connection connection = DriverManager.getConnection(url)) {
                lost += checkCommits(connection, allKept, run);
                checkBooks(connection, run);
                checkIndexes(connection, run);
                Db.run(connection, "update account set filler = 'checked' where id = 1");
            }
            if (kill % 20 == 0) {
                report(durability, kill, lost);
            }
        }
        report(durability, KILLS, lost);
        assertThat(acknowledgedInAll).as("commits, or nothing was tested").isPositive();
    }

    private void report(String durability, int kills, int lost) {
        System.getLogger(CrashTest.class.getName())
                .log(
                        System.Logger.Level.INFO,
                        "{0}: {1} kills, {2} acknowledged commits checked, {3} lost, seed {4}",
                        durability,
                        kills,
                        acknowledgedInAll,
                        lost,
                        Long.toString(SEED));
    }

    private void runAndKill(String url, Random random) throws IOException, InterruptedException {
        try (ChildJvm child =
                ChildJvm.start(CrashWorkload.class, url, Long.toString(random.nextLong()))) {
            @Nullable String line = child.line();
            assertThat(line).isEqualTo("started");
            Thread killer =
                    child.killAfter(
                            TimeUnit.MILLISECONDS.toNanos(1 + random.nextInt(LONGEST_RUN_MILLIS)));
            while ((line = child.line()) != null) {
                String[] words = line.split(" ", 3);
                assertThat(words[0]).as(line).isEqualTo("commit");
                acknowledged[Integer.parseInt(words[1])] = Integer.parseInt(words[2]);
                acknowledgedInAll++;
            }
            killer.join();
            child.awaitExit();
        }
    }

    /** Returns how many acknowledged commits are not there. */
    private int checkCommits(Connection connection, boolean allKept, String run)
            throws SQLException {
        assertThat(Db.value(connection, "select count(*) from journal where seq <= 0"))
                .as("rows of transactions that were rolled back; %s", run)
                .isEqualTo("0");
        int lost = 0;
        for (int worker = 0; worker < acknowledged.length; worker++) {
            String found =
                    Db.value(
                            connection,
                            "select count(*), coalesce(max(seq), 0) from journal where worker = "
                                    + worker);
            String[] counts = found.split(",", 2);
            assertThat(counts[0]).as("numbers without a gap; %s", run).isEqualTo(counts[1]);
            int last = Integer.parseInt(counts[1]);
            lost += Math.max(0, acknowledged[worker] - last);
            if (allKept) {
                assertThat(last)
                        .as("last commit of worker %s; %s", worker, run)
                        .isBetween(acknowledged[worker], acknowledged[worker] + 1);
            }
            acknowledged[worker] = last;
        }
        return lost;
    }

    /** Each transaction moves money and notes it, so both halves must agree. */
    private static void checkBooks(Connection connection, String run) throws SQLException {
        assertThat(
                        Db.rows(
                                connection,
                                """
                                select id, balance, moved from account
                                left join (select a, sum(x) as moved from (
                                    select source as a, -amount as x from journal
                                    union all select target, amount from journal) m group by a) b
                                  on a = id
                                where balance <> coalesce(moved, 0)\
                                """))
                .as("accounts whose balance is not the sum of the journal; %s", run)
                .isEmpty();
        assertThat(
                        Db.value(
                                connection,
                                "select count(*) from journal where md5(payload) <> digest"))
                .as("texts that are not what was written; %s", run)
                .isEqualTo("0");
    }

    /** A table read through each of its indexes must be the table read without. */
    private static void checkIndexes(Connection connection, String run) throws SQLException {
        String journal =
                "select count(*), md5(string_agg(worker || ' ' || seq || ' ' || source || ' '"
                        + " || digest, ',' order by worker, seq)) from journal";
        String account =
                "select count(*), md5(string_agg(id || ' ' || balance, ',' order by id))"
                        + " from account";
        String[][] queries = {
            {journal, " where worker >= 0 and seq > 0"},
            {journal, " where source > 0 and seq > 0"},
            {account, " where id > 0"},
            {account, " where balance > -1000000000000"}
        };
        for (String[] query : queries) {
            Db.run(connection, "set enable_seqscan = on", "set enable_indexscan = off");
            Db.run(connection, "set enable_bitmapscan = off", "set enable_indexonlyscan = off");
            String without = Db.value(connection, query[0] + query[1]);
            Db.run(connection, "set enable_seqscan = off", "set enable_indexscan = on");
            Db.run(connection, "set enable_bitmapscan = on", "set enable_indexonlyscan = on");
            assertThat(Db.value(connection, query[0] + query[1]))
                    .as("%s through an index; %s", query[1], run)
                    .isEqualTo(without);
        }
    }
}
