package io.github.jdbcpglite.durable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.jdbcpglite.host.fs.Errno;
import io.github.jdbcpglite.internals.FaultyClusters;
import io.github.jdbcpglite.jdbc.Drivers;
import io.github.jdbcpglite.jdbc.PGlite;
import io.github.jdbcpglite.postgres.cluster.Cluster;
import io.github.jdbcpglite.postgres.cluster.ClusterException;
import io.github.jdbcpglite.postgres.cluster.ClusterOption;
import io.github.jdbcpglite.postgres.cluster.ClusterOptions;
import io.github.jdbcpglite.postgres.internal.datadir.Contents;
import io.github.jdbcpglite.postgres.internal.datadir.TarArchive;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Properties;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Opening, loading, cloning and copying fail at one step after the other, and afterwards nothing
 * more is held than before: no heap, thread, descriptor or lock.
 *
 * <p>{@code -Ddurable.failures=N} sets how many steps of each fail, chosen by {@code
 * -Ddurable.seed}.
 */
@Timeout(value = 3600, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class LoadFailureTest {
    private static final int FAILURES = Integer.getInteger("durable.failures", 6);
    private static final long SEED = Long.getLong("durable.seed", System.nanoTime());

    /** A copy of a new cluster takes more. */
    private static final int MANY_READS = 500;

    private static final int ZEROS = 300 << 20;

    @TempDir static Path shared;
    private static Path archive;

    @TempDir Path temp;
    private final Random random = new Random(SEED);
    private Held before;

    @BeforeAll
    static void copyACluster() throws SQLException {
        archive = shared.resolve("good.tar.gz");
        PGlite.backup("jdbc:pglite:temp:", archive);
    }

    @BeforeEach
    void look() {
        before = Held.now();
    }

    private void assertNothingHeld(String after) {
        Held.awaitNoMoreThan(before, after + ", seed " + SEED);
    }

    private static SQLException failureOf(String url) {
        return catchThrowableOfType(
                SQLException.class, () -> DriverManager.getConnection(url).close());
    }

    /** Loads an archive that must be refused, into memory and into a directory. */
    private void assertRefused(Path bad, String text) throws IOException {
        Path directory = temp.resolve("db");
        for (String url : new String[] {"jdbc:pglite:temp:", Db.url(directory)}) {
            SQLException refused = failureOf(url + "?pglite.load=" + bad);
            assertThat(refused.getMessage()).as("loading %s, seed %s", bad, SEED).contains(text);
            assertNothingHeld("loading " + bad);
        }
        try (Stream<Path> left = Files.list(directory)) {
            assertThat(left).containsExactly(directory.resolve("pglite.lock"));
        }
    }

    @Test
    void anArchiveThatEndsTooEarlyLeavesNothing() throws Exception {
        Path cut = temp.resolve("cut.tar.gz");
        for (int i = 0; i < FAILURES; i++) {
            Files.deleteIfExists(cut);
            Files.copy(archive, cut);
            try (RandomAccessFile file = new RandomAccessFile(cut.toFile(), "rw")) {
                file.setLength((long) (random.nextDouble() * (file.length() - 64)));
            }
            assertRefused(cut, "cut.tar.gz");
        }
    }

    private Path archiveOf(String name, Contents contents) throws IOException {
        Path made = temp.resolve(name);
        TarArchive.write(made, contents, false);
        return made;
    }

    private static void add(Contents.Sink sink, String path, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        sink.file(path, 0600, bytes.length, new ByteArrayInputStream(bytes));
    }

    @Test
    void anArchiveWithoutAClusterLeavesNothing() throws Exception {
        assertRefused(archiveOf("other.tar", sink -> add(sink, "readme", "hello")), "other.tar");
        assertRefused(
                archiveOf(
                        "old.tar",
                        sink -> {
                            add(sink, "PG_VERSION", "9.6\n");
                            sink.directory("global", 0700);
                            add(sink, "global/pg_control", "x".repeat(300));
                        }),
                "PostgreSQL 9.6");
    }

    @Test
    void anArchiveThatExpandsTooMuchIsRefusedBeforeItFillsTheHeap() throws Exception {
        Path bomb =
                archiveOf(
                        "bomb.tar.gz",
                        sink -> sink.file("base/1/1", 0600, ZEROS, new Zeros(ZEROS)));
        assertThat(Files.size(bomb)).isLessThan(ZEROS / 500);
        assertRefused(bomb, "200 times its size");
    }

    @Test
    void filesThatAreReadIntoTheHeapAreSmall() throws Exception {
        assertRefused(
                archiveOf("version.tar", sink -> add(sink, "PG_VERSION", "1".repeat(1 << 20))),
                "PG_VERSION of 1048576 bytes");
        assertRefused(
                archiveOf(
                        "control.tar", sink -> add(sink, "global/pg_control", "1".repeat(10_000))),
                "pg_control of 10000 bytes");
    }

    @Test
    void aLimitOfMemoryThatABackupDoesNotFitIntoIs53200() {
        SQLException refused =
                failureOf("jdbc:pglite:temp:?pglite.memory=4MB&pglite.load=" + archive);
        assertThat(refused.getSQLState()).as(refused.getMessage()).isEqualTo("53200");
        assertNothingHeld("loading with too little memory");
    }

    @Test
    void aCloneWithoutMemoryLeavesNothing() {
        for (int i = 0; i < FAILURES; i++) {
            SQLException refused = failureOf("jdbc:pglite:temp:?pglite.memory=64kB");
            assertThat(refused.getSQLState()).as(refused.getMessage()).isEqualTo("53200");
        }
        assertNothingHeld("cloning with too little memory");
    }

    /** Lets one call of the directory's file system fail, whichever comes as the nth. */
    private static void failNth(FaultyClusters clusters, int nth) {
        AtomicInteger calls = new AtomicInteger();
        clusters.fail((operation, path) -> calls.incrementAndGet() == nth ? Errno.EIO : null);
    }

    @Test
    void anOpeningThatFailsAtAnyCallLeavesNothingAndTheDirectoryOpens() throws Exception {
        Path directory = temp.resolve("db");
        FaultyClusters clusters = new FaultyClusters();
        Driver driver = Drivers.of(clusters.factory());
        AtomicInteger calls = new AtomicInteger();
        clusters.fail(
                (operation, path) -> {
                    calls.incrementAndGet();
                    return null;
                });
        try (Connection made = driver.connect(Db.url(directory), new Properties())) {
            Db.run(made, "create table kept as select 1 as i");
        }
        int most = calls.get();
        for (int i = 0; i < FAILURES; i++) {
            int nth = 1 + random.nextInt(most);
            failNth(clusters, nth);
            try {
                driver.connect(Db.url(directory), new Properties()).close();
            } catch (SQLException e) {
                assertThat(e.getSQLState()).as("call %s: %s", nth, e).isNotNull();
            }
            clusters.heal();
            assertNothingHeld("call " + nth + " of an opening");
            try (Connection again = driver.connect(Db.url(directory), new Properties())) {
                assertThat(Db.value(again, "select i from kept")).isEqualTo("1");
            }
        }
    }

    @Test
    void aCopyThatFailsLeavesNothingAndTheClusterGoesOn() throws Exception {
        Path directory = temp.resolve("db");
        FaultyClusters clusters = new FaultyClusters();
        Cluster cluster =
                clusters.factory()
                        .open(
                                ClusterOptions.named("copied")
                                        .with(ClusterOption.DIRECTORY, directory));
        try {
            Held open = Held.now();
            for (int i = 0; i < 2 * FAILURES; i++) {
                Path target = temp.resolve(i % 2 == 0 ? "copy.tar" : "copy");
                int nth = 1 + random.nextInt(MANY_READS);
                AtomicInteger reads = new AtomicInteger();
                clusters.fail(
                        (operation, path) ->
                                operation.equals("read") && reads.incrementAndGet() == nth
                                        ? Errno.EIO
                                        : null);
                ClusterException failed =
                        catchThrowableOfType(ClusterException.class, () -> cluster.backup(target));
                clusters.heal();
                assertThat(failed).as("read %s, seed %s", nth, SEED).isNotNull();
                assertThat(failed.kind()).isEqualTo(ClusterException.Kind.RESOURCE);
                Held.awaitNoMoreThan(open, "read " + nth + " of a copy, seed " + SEED);
            }
            assertThat(temp.resolve("copy")).isEmptyDirectory();
            assertThat(temp.resolve("copy.tar")).doesNotExist();
            cluster.backup(temp.resolve("copy"));
        } finally {
            cluster.close();
        }
        assertNothingHeld("copies that failed");
        Db.open(temp.resolve("copy")).close();
    }

    /** So many zeros. */
    private static final class Zeros extends InputStream {
        private long left;

        Zeros(long count) {
            left = count;
        }

        @Override
        public int read() {
            return left-- > 0 ? 0 : -1;
        }

        @Override
        public int read(byte[] target, int offset, int length) {
            int count = (int) Math.min(length, left);
            left -= count;
            Arrays.fill(target, offset, offset + count, (byte) 0);
            return count == 0 && length > 0 ? -1 : count;
        }
    }
}
