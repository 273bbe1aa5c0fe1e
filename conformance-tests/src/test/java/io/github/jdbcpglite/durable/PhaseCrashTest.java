package io.github.jdbcpglite.durable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.jdbcpglite.jdbc.PGlite;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.EnumMap;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A JVM is killed at a random moment of a phase: while it makes a directory, opens or recovers or
 * closes it, or copies it; up to three times in a row. Whatever it leaves has to be opened here,
 * with every acknowledged commit.
 *
 * <p>{@code -Ddurable.phaseKills=200} sets the number of kills, of which half are in opening and
 * recovery; {@code -Ddurable.seed=…} repeats a run as far as the moments can be repeated.
 */
@Timeout(value = 6, unit = TimeUnit.HOURS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class PhaseCrashTest {
    private static final int KILLS = Integer.getInteger("durable.phaseKills", 12);
    private static final long SEED = Long.getLong("durable.seed", System.nanoTime());
    private static final int LONGEST_SERIES = 3;
    private static final int REPORTED = 20;

    /** Kills are spread over somewhat more than a phase took. */
    private static final double SPREAD = 1.1;

    private static final KilledPhase[] ORDER = {
        KilledPhase.OPEN,
        KilledPhase.RECOVER,
        KilledPhase.CREATE,
        KilledPhase.CLOSE,
        KilledPhase.RECOVER,
        KilledPhase.OPEN,
        KilledPhase.ARCHIVE,
        KilledPhase.COPY
    };

    @TempDir Path temp;

    private final Random random = new Random(SEED);
    private final Map<KilledPhase, Long> longestNanos = new EnumMap<>(KilledPhase.class);
    private final Map<KilledPhase, int[]> kills = new EnumMap<>(KilledPhase.class);
    private int acknowledged;
    private int checked;
    private String run = "";

    @Test
    void whateverAKilledJvmLeavesIsOpenedWithEveryCommit() throws Exception {
        Path directory = temp.resolve("db");
        Path archive = temp.resolve("copy.tar");
        Path copy = temp.resolve("copy");
        Db.open(directory).close();
        int done = 0;
        for (int i = 0; done < KILLS; i++) {
            KilledPhase phase = ORDER[i % ORDER.length];
            int series = Math.min(KILLS - done, 1 + random.nextInt(LONGEST_SERIES));
            run = "seed " + SEED + ", after " + done + " kills, then " + series + " in " + phase;
            if (phase == KilledPhase.CREATE) {
                acknowledged = 0;
                directory = temp.resolve("db" + i);
            }
            if (phase == KilledPhase.RECOVER) {
                leaveDirty(directory);
            }
            Path target = phase == KilledPhase.ARCHIVE ? archive : copy;
            for (int k = 0; k < series; k++) {
                if (phase == KilledPhase.COPY) {
                    openAndRemove(copy); // or the next copy would be refused
                }
                kill(phase, directory, target);
                done++;
                if (done % REPORTED == 0) {
                    report();
                }
            }
            check(directory);
            checkCopies(directory, archive, copy);
        }
        report();
    }

    /** Leaves a cluster as a JVM does that is killed after a commit, so that the next recovers. */
    private void leaveDirty(Path directory) throws IOException, InterruptedException {
        try (ChildJvm child = start(KilledPhase.OPEN, directory, temp)) {
            @Nullable String line = child.line();
            while (line != null && !line.startsWith(KilledPhase.COMMIT)) {
                line = child.line();
            }
            assertThat(line).as(run).isNotNull();
            note(line);
            child.kill();
            child.awaitExit();
        }
    }

    private static ChildJvm start(KilledPhase phase, Path directory, Path target)
            throws IOException {
        return ChildJvm.start(
                KilledPhase.class, phase.name(), directory.toString(), target.toString());
    }

    private void kill(KilledPhase phase, Path directory, Path target) throws Exception {
        // The first of each phase is killed at its end, to know how long it takes.
        long longest = longestNanos.getOrDefault(phase, 0L);
        long delay = (long) (random.nextDouble() * longest * SPREAD);
        try (ChildJvm child = start(phase, directory, target)) {
            @Nullable String line = child.line();
            while (line != null && !line.equals(KilledPhase.BEGIN)) {
                note(line);
                line = child.line();
            }
            assertThat(line).as("the phase began; %s", run).isNotNull();
            long begin = System.nanoTime();
            @Nullable Thread killer = longest == 0 ? null : child.killAfter(delay);
            boolean ended = false;
            while ((line = child.line()) != null) {
                if (line.equals(KilledPhase.END)) {
                    ended = true;
                    longestNanos.merge(phase, System.nanoTime() - begin, Math::max);
                    if (killer == null) {
                        child.kill();
                    }
                }
                note(line);
            }
            if (killer != null) {
                killer.join();
            }
            child.awaitExit();
            kills.computeIfAbsent(phase, unused -> new int[2])[ended ? 1 : 0]++;
        }
    }

    private void note(@Nullable String line) {
        if (line != null && line.startsWith(KilledPhase.COMMIT)) {
            acknowledged = Integer.parseInt(line.substring(KilledPhase.COMMIT.length()));
            checked++;
        }
    }

    private void check(Path directory) throws SQLException {
        try (Connection connection = Db.open(directory)) {
            boolean made =
                    Db.value(connection, "select to_regclass('journal') is not null").equals("t");
            assertThat(made || acknowledged == 0).as("the table is there; %s", run).isTrue();
            if (made) {
                String[] found =
                        Db.value(connection, "select count(*), coalesce(max(n), 0) from journal")
                                .split(",", 2);
                assertThat(found[0]).as("numbers without a gap; %s", run).isEqualTo(found[1]);
                int last = Integer.parseInt(found[1]);
                assertThat(last)
                        .as("the last commit; %s", run)
                        .isBetween(acknowledged, acknowledged + LONGEST_SERIES);
                acknowledged = last;
                Db.run(connection, "truncate filler");
            }
        } catch (SQLException e) {
            throw new AssertionError("the directory is not opened; " + run, e);
        }
    }

    /** A copy that was completed before the kill opens. */
    private static void openAndRemove(Path copy) throws SQLException, IOException {
        if (Files.exists(copy.resolve("PG_VERSION"))) {
            Db.open(copy).close();
            Db.deleteTree(copy);
        }
    }

    /** A copy is complete, or known not to be; and the next one takes its place. */
    private void checkCopies(Path directory, Path archive, Path copy) throws Exception {
        if (Files.exists(archive)) {
            String url = "jdbc:pglite:temp:?pglite.load=" + archive;
            DriverManager.getConnection(url).close();
            Files.delete(archive); // a kill may come when it is complete, and no other replaces it
        }
        if (Files.exists(copy)) {
            openAndRemove(copy);
            if (Files.exists(copy) && isNotEmpty(copy)) {
                SQLException refused =
                        catchThrowableOfType(SQLException.class, () -> Db.open(copy).close());
                assertThat(refused.getMessage()).as(run).contains("was not completed");
            }
            PGlite.backup(Db.url(directory), copy);
            openAndRemove(copy);
            PGlite.backup(Db.url(directory), archive);
            try (Stream<Path> files = Files.list(temp)) {
                assertThat(files.filter(file -> file.toString().endsWith(".part")))
                        .as("left by killed backups; %s", run)
                        .isEmpty();
            }
        }
    }

    private static boolean isNotEmpty(Path copy) throws IOException {
        try (Stream<Path> files = Files.list(copy)) {
            return files.anyMatch(file -> !file.endsWith("pglite.lock"));
        }
    }

    private void report() {
        StringBuilder text = new StringBuilder();
        kills.forEach(
                (phase, counts) ->
                        text.append(phase)
                                .append(' ')
                                .append(counts[0] + counts[1])
                                .append(" (")
                                .append(counts[0])
                                .append(" before its end), "));
        System.getLogger(PhaseCrashTest.class.getName())
                .log(
                        System.Logger.Level.INFO,
                        "kills: {0}{1} acknowledged commits checked, 0 lost, seed {2}",
                        text,
                        checked,
                        Long.toString(SEED));
    }
}
