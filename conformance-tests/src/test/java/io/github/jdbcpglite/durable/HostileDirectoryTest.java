package io.github.jdbcpglite.durable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.jdbcpglite.jdbc.PGlite;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Directories with files that this library did not make: it neither writes, removes nor waits for
 * them, says which they are, and opens the directory when they are gone.
 */
@Timeout(value = 240, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class HostileDirectoryTest {
    private static final String PRECIOUS = "precious";
    private static final int NOBODY = 65534;
    private static final long FOUR_GIGABYTES = 4L << 30;

    /** Used by all tests: each leaves it as it was. */
    @TempDir static Path shared;

    private static Path directory;

    @TempDir Path temp;

    @BeforeAll
    static void makeCluster() throws SQLException {
        directory = shared.resolve("db");
        try (Connection connection = Db.open(directory)) {
            Db.run(connection, "create table kept as select 1 as i");
        }
    }

    private static void assertRefused(String... texts) throws IOException {
        assertRefused(directory, texts);
    }

    private static void assertRefused(Path directory, String... texts) throws IOException {
        Map<String, String> before = Db.listing(directory);
        SQLException refused =
                catchThrowableOfType(SQLException.class, () -> Db.open(directory).close());
        assertThat(refused.getSQLState()).as(refused.getMessage()).isEqualTo("08001");
        assertThat(refused.getMessage()).contains(texts);
        // The directory's own time counts entries that come and go, as the lock file did.
        assertThat(Db.listing(directory).keySet()).isEqualTo(before.keySet());
    }

    private static void assertOpens() throws SQLException {
        try (Connection connection = Db.open(directory)) {
            assertThat(Db.value(connection, "select i from kept")).isEqualTo("1");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"pglite.lock", "pglite.creating", "pglite.pid", "postmaster.pid"})
    void aLinkInPlaceOfAFileOfOursIsRefusedAndItsTargetKept(String name) throws Exception {
        Path target = Files.writeString(temp.resolve("target"), PRECIOUS);
        Path link = directory.resolve(name);
        Files.deleteIfExists(link);
        Files.createSymbolicLink(link, target);
        assertRefused(name, "symbolic link");
        assertThat(target).hasContent(PRECIOUS);
        assertThat(link).isSymbolicLink();

        Files.delete(link);
        assertOpens();
    }

    @ParameterizedTest
    @ValueSource(strings = {"pglite.lock", "pglite.creating", "pglite.pid", "postmaster.pid"})
    void aFileOfAnotherUnderOneOfOurNamesIsRefusedAndKept(String name) throws Exception {
        Path file = directory.resolve(name);
        Files.deleteIfExists(file);
        // One that has another name too, as a planted link to a file elsewhere.
        Path target = Files.writeString(temp.resolve("target"), PRECIOUS);
        Files.createLink(file, target);
        assertRefused(name);
        assertThat(target).hasContent(PRECIOUS);

        Files.delete(file);
        assertOpens();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "PG_VERSION",
                "postmaster.pid",
                "global/pg_control",
                "pglite.lock",
                "pglite.creating"
            })
    void aPipeIsRefusedAndNotWaitedFor(String name) throws Exception {
        Path file = directory.resolve(name);
        Path aside = temp.resolve("aside");
        boolean present = Files.exists(file);
        if (present) {
            Files.move(file, aside);
        }
        makePipe(file);
        assertRefused(file.getFileName().toString(), "pipe");

        Files.delete(file);
        if (present) {
            Files.move(aside, file);
        }
        assertOpens();
    }

    @Test
    void aPipeInPlaceOfARelationIsAnErrorOfTheStatement() throws Exception {
        Path relation;
        try (Connection connection = Db.open(directory)) {
            relation =
                    directory.resolve(Db.value(connection, "select pg_relation_filepath('kept')"));
        }
        Path aside = temp.resolve("aside");
        Files.move(relation, aside);
        makePipe(relation);
        try (Connection connection = Db.open(directory)) {
            SQLException failed =
                    catchThrowableOfType(
                            SQLException.class, () -> Db.value(connection, "select i from kept"));
            assertThat(failed.getMessage()).contains(relation.getFileName().toString());
            assertThat(Db.value(connection, "select 1")).isEqualTo("1");
        }
        Files.delete(relation);
        Files.move(aside, relation);
        assertOpens();
    }

    @Test
    void aPipeIsNoBackup() throws Exception {
        Path pipe = temp.resolve("pipe.tar");
        makePipe(pipe);
        SQLException refused =
                catchThrowableOfType(
                        SQLException.class,
                        () ->
                                DriverManager.getConnection("jdbc:pglite:temp:?pglite.load=" + pipe)
                                        .close());
        assertThat(refused.getMessage()).contains("pipe.tar").contains("no regular file");
    }

    private static void makePipe(Path path) throws IOException, InterruptedException {
        Process made;
        try {
            made = new ProcessBuilder("mkfifo", path.toString()).start();
        } catch (IOException e) {
            Assumptions.abort("there is no mkfifo: " + e);
            return;
        }
        assertThat(made.waitFor()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"PG_VERSION", "global/pg_control", "postmaster.pid"})
    void aFileOfGigabytesIsRefusedBeforeItIsRead(String name) throws Exception {
        Path file = directory.resolve(name);
        Path aside = temp.resolve("aside");
        boolean present = Files.exists(file);
        if (present) {
            Files.copy(file, aside);
        }
        try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
            sparse.setLength(FOUR_GIGABYTES);
        }
        assertRefused(file.getFileName().toString(), "bytes");

        Files.delete(file);
        if (present) {
            Files.move(aside, file);
        }
        assertOpens();
    }

    /** Somebody copied a cluster to where one was being made, or made a file of that name. */
    @Test
    void aCompleteClusterIsNotMadeAgainWhateverItContains() throws Exception {
        Path marker = directory.resolve("pglite.creating");
        Files.writeString(marker, "A data directory is being made here.\n");
        assertOpens();
        assertThat(marker).doesNotExist();
    }

    @Test
    void aHalfMadeDirectoryIsMadeAgainUnlessSomethingElseIsThere() throws Exception {
        Path half = Files.createDirectory(temp.resolve("half"));
        Files.writeString(
                half.resolve("pglite.creating"),
                "A data directory is being made here.\nextra.conf\n");
        Files.createDirectories(half.resolve("base/1"));
        Files.writeString(half.resolve("extra.conf"), "of the archive it was made from");
        Path foreign = Files.writeString(half.resolve("thesis.txt"), PRECIOUS);
        assertRefused(half, "thesis.txt", "move it away");
        assertThat(foreign).hasContent(PRECIOUS);

        Files.delete(foreign);
        try (Connection connection = Db.open(half)) {
            assertThat(Db.value(connection, "select 1")).isEqualTo("1");
        }
        assertThat(half.resolve("extra.conf")).doesNotExist();
    }

    @Test
    void aCopyThatWasNotCompletedIsNoCluster() throws Exception {
        Path copy = Files.createDirectory(temp.resolve("copy"));
        Files.writeString(
                copy.resolve("pglite.creating"), "A copy of a cluster is being written here.\n");
        Files.createDirectory(copy.resolve("base"));
        SQLException refused =
                catchThrowableOfType(SQLException.class, () -> Db.open(copy).close());
        assertThat(refused.getMessage()).contains("was not completed");

        PGlite.backup(Db.url(directory), copy);
        try (Connection connection = Db.open(copy)) {
            assertThat(Db.value(connection, "select i from kept")).isEqualTo("1");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"rwxr-xr-x", "rwxrwx---", "rwx-----x"})
    void aDirectoryThatOthersMayUseIsRefused(String permissions) throws Exception {
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString(permissions));
        assertRefused("invalid permissions", "0700", "0750");
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-x---"));
        assertOpens();
    }

    @Test
    void aDirectoryOfAnotherOwnerIsRefused() throws Exception {
        Object owner = Files.getAttribute(directory, "unix:uid");
        try {
            Files.setAttribute(directory, "unix:uid", NOBODY);
        } catch (IOException e) {
            Assumptions.abort("only root can give a directory away: " + e);
        }
        assertRefused("wrong ownership");
        Files.setAttribute(directory, "unix:uid", owner);
        assertOpens();
    }

    @Test
    void anEmptyDirectoryThatOthersMayUseBecomesPrivate() throws Exception {
        Path empty = Files.createDirectory(temp.resolve("empty"));
        Files.setPosixFilePermissions(empty, PosixFilePermissions.fromString("rwxrwxrwx"));
        Db.open(empty).close();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(empty)))
                .isEqualTo("rwx------");
    }
}
