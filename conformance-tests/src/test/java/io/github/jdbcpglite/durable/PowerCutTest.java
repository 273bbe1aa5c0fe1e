package io.github.jdbcpglite.durable;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jdbcpglite.internals.RecordedDisk;
import io.github.jdbcpglite.jdbc.Drivers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The power goes. What a cluster wrote and synced is recorded, and for moments by chance the disk
 * is made again as it may have been then: with all that was synced and some sectors of the rest. It
 * has to open with every commit that was acknowledged by then. Then the next cluster goes on with
 * it, so that recoveries are cut too.
 *
 * <p>{@code -Ddurable.cuts=20} sets how many, {@code -Ddurable.seed=…} repeats a run.
 */
@Timeout(value = 3600, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class PowerCutTest {
    private static final int CUTS = Integer.getInteger("durable.cuts", 5);
    private static final long SEED = Long.getLong("durable.seed", System.nanoTime());
    private static final int CUTS_A_ROUND = 5;
    private static final int COMMITS = 60;
    private static final int[] SECTORS = {512, 4096};
    private static final double[] CHANCES = {0, 0.5, 0.9};

    @TempDir Path temp;
    private final Random random = new Random(SEED);

    /**
     * A commit that was acknowledged.
     *
     * @param position how much had been done by then
     */
    private record Commit(int number, int position) {}

    @Test
    void everyAcknowledgedCommitIsThereAfterALossOfPower() throws Exception {
        Path base = temp.resolve("base");
        try (Connection connection = Db.open(base)) {
            Db.run(
                    connection,
                    "create table journal(n int primary key, x text)",
                    "create index on journal(x)",
                    "create table balance(i int primary key, n int not null)",
                    "insert into balance select i, 0 from generate_series(1, 50) i");
        }
        int checked = 0;
        int durable = 0;
        for (int done = 0; done < CUTS; ) {
            Path before = copyOf(base, "before" + done);
            List<Commit> commits = new ArrayList<>();
            RecordedDisk disk = new RecordedDisk();
            work(disk, base, durable, commits);
            List<RecordedDisk.Operation> all = disk.operations();
            Path next = base;
            int nextDurable = durable;
            for (int i = 0; i < CUTS_A_ROUND && done < CUTS; i++, done++) {
                int cut = random.nextInt(all.size() + 1);
                int sector = SECTORS[random.nextInt(SECTORS.length)];
                double chance = CHANCES[random.nextInt(CHANCES.length)];
                String run =
                        String.format(
                                Locale.ROOT,
                                "cut %d of seed %d, after %d of %d operations, sectors of %d",
                                done,
                                SEED,
                                cut,
                                all.size(),
                                sector);
                Path image = temp.resolve("image" + done);
                new DiskImage(before, disk.names(), random, sector, chance)
                        .cut(all.subList(0, cut), image);
                int required = durable;
                for (Commit commit : commits) {
                    required = commit.position() <= cut ? commit.number() : required;
                }
                next = copyOf(image, "next" + done);
                nextDurable = required;
                checked += required;
                check(image, required, commits.get(COMMITS - 1).number(), run);
                Db.deleteTree(image);
            }
            base = next;
            durable = nextDurable;
        }
        System.getLogger(PowerCutTest.class.getName())
                .log(
                        System.Logger.Level.INFO,
                        "{0} losses of power, {1} acknowledged commits checked, 0 lost, seed {2}",
                        CUTS,
                        checked,
                        Long.toString(SEED));
    }

    /** Commits, and now and then lets WAL be recycled and tables be emptied and filled. */
    private void work(RecordedDisk disk, Path directory, int last, List<Commit> commits)
            throws SQLException {
        Driver driver = Drivers.of(disk.factory());
        try (Connection connection = driver.connect(Db.url(directory), new Properties())) {
            String found = Db.value(connection, "select coalesce(max(n), 0) from journal");
            int number = Integer.parseInt(found);
            assertThat(number).isGreaterThanOrEqualTo(last);
            for (int i = 0; i < COMMITS; i++) {
                number++;
                Db.run(
                        connection,
                        "begin",
                        "insert into journal values ("
                                + number
                                + ", repeat(md5('"
                                + number
                                + "'), 1 + "
                                + random.nextInt(100)
                                + "))",
                        "update balance set n = " + number + " where i % 7 = " + number % 7,
                        "commit");
                commits.add(new Commit(number, disk.position()));
                if (random.nextInt(COMMITS / 4) == 0) {
                    Db.run(
                            connection,
                            "create table if not exists filler(x text)",
                            "truncate filler",
                            "insert into filler select repeat('x', 1000)"
                                    + " from generate_series(1, 1500)",
                            "checkpoint");
                }
            }
        }
    }

    private static void check(Path image, int required, int most, String run) throws SQLException {
        try (Connection connection = Db.open(image)) {
            String[] found =
                    Db.value(
                                    connection,
                                    "select count(*), coalesce(max(n), 0),"
                                            + " (select max(n) from balance) from journal")
                            .split(",", 3);
            assertThat(found[0]).as("numbers without a gap; %s", run).isEqualTo(found[1]);
            assertThat(found[2]).as("both halves of the last; %s", run).isEqualTo(found[1]);
            assertThat(Integer.parseInt(found[1])).as(run).isBetween(required, most);
            Db.run(connection, "set enable_seqscan = off");
            assertThat(Db.value(connection, "select count(*) from journal where n > 0"))
                    .as("through the index; %s", run)
                    .isEqualTo(found[0]);
            Db.run(connection, "insert into journal values (-1, 'goes on')");
        } catch (SQLException e) {
            throw new AssertionError("not opened: " + run, e);
        }
    }

    private Path copyOf(Path directory, String name) throws IOException {
        Path copy = temp.resolve(name);
        try (Stream<Path> walk = Files.walk(directory)) {
            for (Path path : walk.toList()) {
                Files.copy(path, copy.resolve(directory.relativize(path).toString()));
            }
        }
        Files.setPosixFilePermissions(copy, Files.getPosixFilePermissions(directory));
        return copy;
    }
}
