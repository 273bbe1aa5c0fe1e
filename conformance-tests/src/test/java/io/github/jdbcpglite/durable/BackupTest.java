package io.github.jdbcpglite.durable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.jdbcpglite.jdbc.PGlite;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(value = 240, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class BackupTest {
    private static final String SUMS = "select count(*), sum(i), sum(length(x)) from t";

    @TempDir Path temp;

    private static String memory() {
        return "jdbc:pglite:memory:backup-" + UUID.randomUUID() + "?pglite.close=last";
    }

    @ParameterizedTest
    @ValueSource(strings = {"copy.tar", "copy.tar.gz", "copy"})
    void aClusterInMemoryMovesToADirectoryAndBack(String name) throws Exception {
        Path copy = temp.resolve(name);
        String url = memory();
        String sums;
        try (Connection connection = DriverManager.getConnection(url)) {
            Db.run(
                    connection,
                    "create table t as select i, repeat('x', i) x from generate_series(1, 3000) i",
                    "create index on t(i)",
                    "create database other");
            sums = Db.value(connection, SUMS);
            PGlite.backup(url, copy);
            Db.run(connection, "drop table t");
        }
        Path directory = temp.resolve("db");
        try (Connection moved =
                DriverManager.getConnection(Db.url(directory) + "?pglite.load=" + copy)) {
            assertThat(Db.value(moved, SUMS)).isEqualTo(sums);
            assertThat(Db.value(moved, "select count(*) from pg_database")).isEqualTo("4");
            Db.run(moved, "insert into t values (0, '')");
        }
        String again = memory() + "&pglite.load=" + directory;
        try (Connection back = DriverManager.getConnection(again)) {
            assertThat(Db.value(back, "select count(*) from t")).isEqualTo("3001");
        }
    }

    @Test
    void aCopyOfARunningClusterIsOfOneMoment() throws Exception {
        Path directory = temp.resolve("db");
        Path copy = temp.resolve("copy.tar.gz");
        AtomicBoolean stop = new AtomicBoolean();
        int before;
        try (Connection connection = Db.open(directory)) {
            Db.run(
                    connection,
                    "create table a(i int primary key)",
                    "create table b(i int primary key)");
            AtomicInteger last = new AtomicInteger();
            Thread writer = new Thread(() -> write(directory, last, stop), "writer");
            writer.start();
            while (last.get() < 20 && writer.isAlive()) {
                Db.value(connection, "select pg_sleep(0.01)");
            }
            before = last.get();
            PGlite.backup(Db.url(directory), copy);
            int after = last.get();
            while (last.get() <= after + 1 && writer.isAlive()) {
                Db.value(connection, "select pg_sleep(0.01)");
            }
            stop.set(true);
            writer.join();
            assertThat(last.get()).as("the writer went on").isGreaterThan(after);
        }
        try (Connection opened = DriverManager.getConnection(memory() + "&pglite.load=" + copy)) {
            String counts =
                    Db.value(
                            opened,
                            "select (select count(*) from a), (select max(i) from a),"
                                    + " (select count(*) from b), (select max(i) from b)");
            String[] parts = counts.split(",", -1);
            assertThat(parts).as(counts).containsOnly(parts[0]);
            assertThat(Integer.parseInt(parts[0])).isGreaterThanOrEqualTo(before);
        }
    }

    private static void write(Path directory, AtomicInteger last, AtomicBoolean stop) {
        try (Connection connection = Db.open(directory)) {
            connection.setAutoCommit(false);
            for (int i = 1; !stop.get(); i++) {
                Db.run(connection, "insert into a values (" + i + ")");
                Db.run(connection, "insert into b values (" + i + ")");
                connection.commit();
                last.set(i);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void aDirectoryThatHoldsAClusterTakesNoBackup() throws Exception {
        Path directory = temp.resolve("db");
        try (Connection connection = Db.open(directory)) {
            Db.run(connection, "create table mine(i int)");
        }
        Map<String, String> before = Db.listing(directory);
        SQLException refused =
                catchThrowableOfType(
                        SQLException.class,
                        () ->
                                DriverManager.getConnection(
                                                Db.url(directory)
                                                        + "?pglite.load="
                                                        + temp.resolve("absent.tar"))
                                        .close());
        assertThat(refused.getSQLState()).isEqualTo("22023");
        assertThat(refused.getMessage()).contains("holds a cluster already", "absent.tar");
        before.keySet().removeIf(name -> name.equals("pglite.lock"));
        assertThat(Db.listing(directory)).containsAllEntriesOf(withoutTimesOfDirectory(before));
        try (Connection connection = Db.open(directory)) {
            assertThat(Db.value(connection, "select count(*) from mine")).isEqualTo("0");
        }
    }

    private static Map<String, String> withoutTimesOfDirectory(Map<String, String> listing) {
        Map<String, String> rest = new TreeMap<>(listing);
        rest.remove("");
        return rest;
    }

    /** A pool opens a directory anew when it had no connection for a while. */
    @Test
    void aUrlThatHasLoadedABackupCanBeUsedAgainInTheSameJvm() throws Exception {
        Path archive = temp.resolve("copy.tar");
        PGlite.backup(memory(), archive);
        String url = Db.url(temp.resolve("db")) + "?pglite.load=" + archive;
        try (Connection connection = DriverManager.getConnection(url)) {
            Db.run(connection, "create table kept(i int)");
        }
        try (Connection connection = DriverManager.getConnection(url)) {
            assertThat(Db.value(connection, "select count(*) from kept")).isEqualTo("0");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "there.tar, 58P02, exists",
        "there.tgz, 58P02, exists",
        "copy.zip, 22023, .tar.gz",
        "copy.sql, 22023, .tar.gz"
    })
    void aBackupReplacesNothingAndHasANameThatSaysWhatItIs(
            String name, String state, String message) throws Exception {
        Path target = temp.resolve(name);
        if (state.equals("58P02")) {
            Files.writeString(target, "mine");
        }
        Path directory = temp.resolve("db");
        for (String url : new String[] {memory(), Db.url(directory)}) {
            SQLException refused =
                    catchThrowableOfType(SQLException.class, () -> PGlite.backup(url, target));
            assertThat(refused.getSQLState()).isEqualTo(state);
            assertThat(refused.getMessage()).contains(name, message);
        }
        assertThat(directory).doesNotExist();
        if (state.equals("58P02")) {
            assertThat(target).hasContent("mine");
        } else {
            assertThat(target).doesNotExist();
        }
    }

    @Test
    void aDirectoryThatIsThereMayHaveAnyName() throws Exception {
        Path target = Files.createDirectory(temp.resolve("copy.d"));
        PGlite.backup(memory(), target);
        assertThat(target.resolve("PG_VERSION")).exists();
    }

    @Test
    void aBackupAtCloseReplacesCopiesOfTheSameClusterOnly() throws Exception {
        Path archive = temp.resolve("kept.tar.gz");
        String directory = Db.url(temp.resolve("db")) + "?pglite.backup=" + archive;
        DriverManager.getConnection(directory).close();
        FileTime first = Files.getLastModifiedTime(archive);
        try (Connection connection = DriverManager.getConnection(directory)) {
            Db.run(connection, "create table t(i int)");
        }
        assertThat(Files.getLastModifiedTime(archive)).isGreaterThan(first);
        Path text = Files.writeString(temp.resolve("text.tar"), "mine");
        for (Path other : List.of(archive, text)) {
            byte[] before = Files.readAllBytes(other);
            SQLException refused =
                    catchThrowableOfType(
                            SQLException.class,
                            () -> DriverManager.getConnection(keeping(other)).close());
            assertThat(refused.getSQLState()).isEqualTo("22023");
            assertThat(refused.getMessage()).contains("pglite.backup", "would replace");
            assertThat(other).hasBinaryContent(before);
        }
    }

    @Test
    void whatIsNoBackupIsRefusedAndLeavesNothing() throws Exception {
        Path text = Files.writeString(temp.resolve("text.tar"), "no archive");
        Path directory = temp.resolve("db");
        for (String url : new String[] {memory() + "&", Db.url(directory) + "?"}) {
            SQLException refused =
                    catchThrowableOfType(
                            SQLException.class,
                            () -> DriverManager.getConnection(url + "pglite.load=" + text).close());
            assertThat(refused.getSQLState()).isEqualTo("08001");
            assertThat(refused.getMessage()).contains("text.tar");
        }
        Db.open(directory).close();
    }

    @Test
    void aTargetThatIsNotEmptyIsRefused() throws Exception {
        Path target = Files.createDirectory(temp.resolve("target"));
        Files.writeString(target.resolve("mine"), "");
        String url = memory();
        try (Connection connection = DriverManager.getConnection(url)) {
            SQLException refused =
                    catchThrowableOfType(SQLException.class, () -> PGlite.backup(url, target));
            assertThat(refused.getMessage()).contains("not empty");
            assertThat(Db.value(connection, "select 1")).isEqualTo("1");
        }
    }

    @Test
    void aClusterInMemoryGoesOnWhereItsLastCloseLeftIt() throws Exception {
        Path archive = temp.resolve("kept.tar.gz");
        try (Connection first = DriverManager.getConnection(keeping(archive))) {
            Db.run(first, "create table t(i int)", "insert into t values (1)");
        }
        String again = keeping(archive) + "&pglite.load=" + archive;
        try (Connection second = DriverManager.getConnection(again)) {
            Db.run(second, "insert into t values (2)");
        }
        try (Connection third = DriverManager.getConnection(memory() + "&pglite.load=" + archive)) {
            assertThat(Db.value(third, "select string_agg(i::text, ',' order by i) from t"))
                    .isEqualTo("1,2");
        }
    }

    @Test
    void theEndOfTheJvmIsACloseToo() throws Exception {
        Path archive = temp.resolve("kept.tar");
        String url = "jdbc:pglite:memory:kept?pglite.backup=" + archive;
        try (ChildJvm child = ChildJvm.start(DirectoryHolder.class, url)) {
            assertThat(child.line()).isEqualTo("open");
            child.send("exit");
            assertThat(child.awaitExit()).isZero();
        }
        try (Connection next = DriverManager.getConnection(memory() + "&pglite.load=" + archive)) {
            assertThat(Db.value(next, "select count(*) from held")).isEqualTo("1");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"copy", "copy.zip", "nowhere/copy.tar"})
    void aBackupThatCannotBeWrittenIsRefusedBeforeTheClusterOpens(String name) {
        SQLException refused =
                catchThrowableOfType(
                        SQLException.class,
                        () -> DriverManager.getConnection(keeping(temp.resolve(name))).close());
        assertThat(refused.getSQLState()).isEqualTo("22023");
        assertThat(refused.getMessage()).contains("pglite.backup");
    }

    private static String keeping(Path archive) {
        return memory() + "&pglite.backup=" + archive;
    }
}
