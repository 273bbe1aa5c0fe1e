package io.github.jdbcpglite.durable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.EnumSet;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code pglite.readOnly}: nothing in the directory changes. */
@Timeout(value = 240, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ReadOnlyTest {
    private static final String READ_ONLY = "?pglite.readOnly=true";

    @TempDir Path temp;

    private Path filled() throws SQLException {
        Path directory = temp.resolve("db");
        try (Connection connection = Db.open(directory)) {
            Db.run(connection, "create table t(i int)", "insert into t values (1)");
        }
        return directory;
    }

    private static void assertRefused(String url, String state, String message) {
        SQLException refused =
                catchThrowableOfType(
                        SQLException.class, () -> DriverManager.getConnection(url).close());
        assertThat(refused.getSQLState()).isEqualTo(state);
        assertThat(refused.getMessage()).contains(message);
    }

    @Test
    void nothingInTheDirectoryChangesAndWritesAreRefused() throws Exception {
        Path directory = filled();
        Map<String, String> before = Db.listing(directory);
        String url = Db.url(directory) + READ_ONLY;
        try (Connection connection = DriverManager.getConnection(url);
                Connection another = DriverManager.getConnection(url)) {
            assertThat(Db.value(another, "select i from t")).isEqualTo("1");
            SQLException write =
                    catchThrowableOfType(
                            SQLException.class,
                            () -> Db.run(connection, "insert into t values (2)"));
            assertThat(write.getSQLState()).isEqualTo("25006");
            // Who insists writes into the copy.
            Db.run(
                    connection,
                    "begin read write",
                    "insert into t values (2)",
                    "commit",
                    "checkpoint");
            assertThat(Db.value(another, "select count(*) from t")).isEqualTo("2");
            assertThat(Db.listing(directory)).isEqualTo(before);
        }
        assertThat(Db.listing(directory)).isEqualTo(before);
        try (Connection connection = Db.open(directory)) {
            assertThat(Db.value(connection, "select count(*) from t")).isEqualTo("1");
        }
    }

    /** As on a medium that cannot be written. */
    @Test
    void aDirectoryWithoutALockFileThatNobodyMayWriteIsRead() throws Exception {
        Path directory = filled();
        Files.delete(directory.resolve("pglite.lock"));
        Files.setPosixFilePermissions(
                directory,
                EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_EXECUTE));
        try (Connection connection = DriverManager.getConnection(Db.url(directory) + READ_ONLY)) {
            assertThat(Db.value(connection, "select i from t")).isEqualTo("1");
            assertThat(directory.resolve("pglite.lock")).doesNotExist();
        } finally {
            Files.setPosixFilePermissions(
                    directory,
                    EnumSet.of(
                            PosixFilePermission.OWNER_READ,
                            PosixFilePermission.OWNER_WRITE,
                            PosixFilePermission.OWNER_EXECUTE));
        }
    }

    @Test
    void whatAKilledProcessLeftIsRecoveredInTheCopy() throws Exception {
        Path directory = temp.resolve("db");
        try (ChildJvm child = ChildJvm.start(DirectoryHolder.class, Db.url(directory))) {
            assertThat(child.line()).isEqualTo("open");
            assertRefused(Db.url(directory) + READ_ONLY, "55006", "process " + child.pid());
            child.kill();
            child.awaitExit();
        }
        Map<String, String> before = Db.listing(directory);
        try (Connection connection = DriverManager.getConnection(Db.url(directory) + READ_ONLY)) {
            assertThat(Db.value(connection, "select count(*) from held")).isEqualTo("1");
        }
        assertThat(Db.listing(directory)).isEqualTo(before);
    }

    @Test
    void whoWritesIsNeverHandedTheCopyAndTheOtherWayRound() throws Exception {
        Path directory = filled();
        try (Connection reader = DriverManager.getConnection(Db.url(directory) + READ_ONLY)) {
            assertRefused(Db.url(directory), "22023", "pglite.readOnly");
            assertThat(Db.value(reader, "select i from t")).isEqualTo("1");
        }
        try (Connection writer = Db.open(directory)) {
            assertRefused(Db.url(directory) + READ_ONLY, "22023", "pglite.readOnly");
            Db.run(writer, "insert into t values (2)");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "file:absent, 08001, no cluster in it",
        "memory:x, 22023, in memory",
        "temp:, 22023, in memory",
        "file:absent&pglite.load=x.tar, 22023, pglite.load",
        "file:absent&pglite.init=classpath:x.sql, 22023, pglite.init"
    })
    void whatCannotBeOnlyReadIsRefused(String target, String state, String message) {
        String place = target.replace("file:absent", "file:" + temp.resolve("absent"));
        String url = "jdbc:pglite:" + place.replaceFirst("&|$", READ_ONLY + "&");
        assertRefused(url.replaceFirst("&$", ""), state, message);
        assertThat(temp.resolve("absent")).doesNotExist();
    }
}
