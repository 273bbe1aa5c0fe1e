package io.github.jdbcpglite.durable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 240, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class DataDirectoryTest {
    @TempDir Path temp;

    @Test
    void whatWasCommittedIsThereWhenOpenedAgainWithoutRecovery() throws Exception {
        Path directory = temp.resolve("new/db");
        try (Connection connection = Db.open(directory)) {
            Db.run(
                    connection,
                    "create table t(i int primary key, x text)",
                    "insert into t select i, repeat('x', 5000) || i from generate_series(1, 300) i",
                    "create database other");
            assertThat(Db.state(directory)).isNotEqualTo(Db.SHUT_DOWN);
            assertThat(directory.resolve("postmaster.pid")).exists();
        }
        assertThat(Db.state(directory)).isEqualTo(Db.SHUT_DOWN);
        assertThat(directory.resolve("postmaster.pid")).doesNotExist();

        try (Connection connection = Db.open(directory)) {
            assertThat(Db.value(connection, "select count(*), sum(length(x)) from t"))
                    .isEqualTo("300,1500792");
            assertThat(Db.value(connection, "select n_tup_ins from pg_stat_user_tables"))
                    .as("statistics are written at a clean end and dropped by a recovery")
                    .isEqualTo("300");
        }
        try (Connection other =
                DriverManager.getConnection(Db.url(directory) + "?database=other")) {
            assertThat(Db.value(other, "select current_database()")).isEqualTo("other");
        }
    }

    @Test
    void theDirectoryIsPlainPgdata() throws Exception {
        Path directory = temp.resolve("db");
        Db.open(directory).close();

        try (Stream<Path> children = Files.list(directory)) {
            assertThat(children.map(child -> child.getFileName().toString()))
                    .contains("PG_VERSION", "base", "global", "pg_wal", "postgresql.conf")
                    .filteredOn(name -> !name.startsWith("p") && !name.startsWith("P"))
                    .containsExactlyInAnyOrder("base", "global");
        }
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory)))
                .isEqualTo("rwx------");
        try (Stream<Path> all = Files.walk(directory)) {
            assertThat(all.filter(path -> path.toString().contains("share"))).isEmpty();
        }
    }

    @Test
    void eachDirectoryIsAClusterOfItsOwn() throws Exception {
        String first = identifier(temp.resolve("a"));
        assertThat(identifier(temp.resolve("b"))).isNotEqualTo(first);
        assertThat(identifier(temp.resolve("a"))).isEqualTo(first);
    }

    private static String identifier(Path directory) throws SQLException {
        try (Connection connection = Db.open(directory)) {
            return Db.value(connection, "select system_identifier from pg_control_system()");
        }
    }

    @Test
    void aRelativePathAndALinkMeanTheSameCluster() throws Exception {
        Path directory = temp.resolve("db");
        Path relative = Path.of("").toAbsolutePath().relativize(directory);
        Path link = Files.createSymbolicLink(temp.resolve("link"), directory);
        try (Connection connection = Db.open(directory);
                Connection second = DriverManager.getConnection("jdbc:pglite:./" + relative);
                Connection third = DriverManager.getConnection("jdbc:pglite:" + link)) {
            Db.run(connection, "create table t as select 1 as i");
            assertThat(Db.value(second, "select i from t")).isEqualTo("1");
            assertThat(Db.value(third, "select i from t")).isEqualTo("1");
        }
    }

    @Test
    void durabilityIsPostgresqlsOwnSettings() throws Exception {
        Path directory = temp.resolve("db");
        String sql =
                "select current_setting('fsync'), current_setting('synchronous_commit'),"
                        + " current_setting('full_page_writes')";
        for (Map.Entry<String, String> level :
                Map.of("full", "on,on,on", "relaxed", "on,off,on", "off", "off,on,off")
                        .entrySet()) {
            String url = Db.url(directory) + "?pglite.durability=" + level.getKey();
            try (Connection connection = DriverManager.getConnection(url)) {
                assertThat(Db.value(connection, sql)).isEqualTo(level.getValue());
            }
        }
    }

    @Test
    void aDirectoryWithOtherThingsIsRefusedAndLeftAlone() throws Exception {
        Files.writeString(temp.resolve("notes.txt"), "mine");
        assertRefused(temp, "notes.txt", "PG_VERSION");
    }

    @Test
    void aFileIsRefused() throws Exception {
        Path file = Files.writeString(temp.resolve("file"), "mine");
        SQLException refused = refusal(file);
        assertThat(refused.getMessage()).contains("not a directory");
        assertThat(file).hasContent("mine");
    }

    @Test
    void anotherMajorVersionIsRefusedAndLeftAlone() throws Exception {
        Path directory = made();
        Files.writeString(directory.resolve("PG_VERSION"), "17\n");
        assertRefused(directory, "PostgreSQL 17", "dump");
    }

    @Test
    void missingFilesAreNamedAndNothingIsChanged() throws Exception {
        Path directory = made();
        Path lost = directory.resolve("pg_xact");
        Files.move(lost, temp.resolve("pg_xact"));
        assertRefused(directory, "pg_xact is missing");
    }

    @Test
    void aDamagedControlFileIsRefusedAndLeftAlone() throws Exception {
        Path directory = made();
        Path control = directory.resolve("global/pg_control");
        byte[] bytes = Files.readAllBytes(control);
        bytes[40] ^= 1;
        Files.write(control, bytes);
        assertRefused(directory, "pg_control is damaged");
    }

    private Path made() throws SQLException {
        Path directory = temp.resolve("db");
        Db.open(directory).close();
        return directory;
    }

    private static void assertRefused(Path directory, String... texts) throws IOException {
        Map<String, String> before = Db.listing(directory);
        SQLException refused = refusal(directory);
        assertThat(refused.getSQLState()).isEqualTo("08001");
        assertThat(refused.getMessage()).contains(directory.toString()).contains(texts);
        assertThat(Db.listing(directory)).isEqualTo(before);
    }

    private static SQLException refusal(Path directory) {
        return catchThrowableOfType(SQLException.class, () -> Db.open(directory).close());
    }

    @Test
    void aHalfMadeDirectoryIsMadeAgain() throws Exception {
        Path directory = made();
        Files.writeString(
                directory.resolve("pglite.creating"), "A data directory is being made here.\n");
        Files.delete(directory.resolve("PG_VERSION"));
        Files.delete(directory.resolve("global/pg_control"));
        Files.writeString(directory.resolve("base/left-over"), "");

        try (Connection connection = Db.open(directory)) {
            assertThat(Db.value(connection, "select 1")).isEqualTo("1");
        }
        assertThat(directory.resolve("base/left-over")).doesNotExist();
        assertThat(directory.resolve("pglite.creating")).doesNotExist();
    }

    @Test
    void theGuestDoesNotSeeTheLockFile() throws Exception {
        try (Connection connection = Db.open(temp.resolve("db"))) {
            assertThat(temp.resolve("db/pglite.lock")).exists();
            assertThat(Db.rows(connection, "select pg_ls_dir('.')"))
                    .contains("PG_VERSION")
                    .doesNotContain("pglite.lock");
            SQLException refused =
                    catchThrowableOfType(
                            SQLException.class,
                            () -> Db.value(connection, "select pg_read_file('pglite.lock')"));
            assertThat(refused.getSQLState()).isEqualTo("58P01");
        }
    }

    @Test
    void nothingOutsideOfTheDirectoryIsReached() throws Exception {
        Path directory = made();
        Path secret = Files.writeString(temp.resolve("secret"), "secret");
        Files.createSymbolicLink(directory.resolve("link"), secret);
        try (Connection connection = Db.open(directory)) {
            for (String path : List.of("link", "../secret", secret.toString())) {
                SQLException refused =
                        catchThrowableOfType(
                                SQLException.class,
                                () -> Db.value(connection, "select pg_read_file('" + path + "')"));
                assertThat(refused.getMessage()).doesNotContain("secret content");
            }
        }
        assertThat(new String(Files.readAllBytes(secret), StandardCharsets.UTF_8))
                .isEqualTo("secret");
    }
}
