package io.github.jdbcpglite.durable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.jdbcpglite.host.fs.Errno;
import io.github.jdbcpglite.internals.FaultyClusters;
import io.github.jdbcpglite.jdbc.Drivers;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.SQLException;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A disk that fails: PostgreSQL's own answer comes, and what was committed stays. */
@Timeout(value = 240, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class FaultTest {
    private static final String FILL =
            "insert into kept select i, repeat('x', 1000) from generate_series(101, 3000) i";

    @TempDir Path temp;
    private final FaultyClusters clusters = new FaultyClusters();
    private Driver driver;
    private Connection keeper;

    @BeforeEach
    void openWithOneHundredRows() throws SQLException {
        driver = Drivers.of(clusters.factory());
        keeper = connect();
        Db.run(
                keeper,
                "create table kept(i int primary key, x text)",
                "insert into kept select i, 'row' from generate_series(1, 100) i",
                "checkpoint");
    }

    @AfterEach
    void close() throws SQLException {
        clusters.heal();
        keeper.close();
    }

    private Connection connect() throws SQLException {
        return driver.connect(Db.url(temp.resolve("db")), new Properties());
    }

    private SQLException failure(String sql) {
        return catchThrowableOfType(SQLException.class, () -> Db.run(keeper, sql));
    }

    private void assertKept(Connection connection, int rows) throws SQLException {
        assertThat(Db.value(connection, "select count(*), min(i), max(i) from kept"))
                .isEqualTo(rows + ",1," + rows);
    }

    @Test
    void aFullDiskIs53100AndTheClusterGoesOn() throws Exception {
        clusters.fail(
                (operation, path) ->
                        operation.equals("write") && path.startsWith("/base/")
                                ? Errno.ENOSPC
                                : null);
        SQLException refused = failure(FILL);
        assertThat(refused.getSQLState()).as(refused.getMessage()).isEqualTo("53100");
        assertThat(clusters.faults()).isPositive();

        clusters.heal();
        assertKept(keeper, 100);
        Db.run(keeper, FILL);
        assertKept(keeper, 3000);
    }

    @Test
    void aWriteErrorIs58030AndTheClusterGoesOn() throws Exception {
        clusters.fail(
                (operation, path) ->
                        operation.equals("write") && path.startsWith("/base/") ? Errno.EIO : null);
        SQLException refused = failure(FILL);
        assertThat(refused.getSQLState()).as(refused.getMessage()).isEqualTo("58030");

        clusters.heal();
        Db.run(keeper, FILL);
        assertKept(keeper, 3000);
    }

    @Test
    void aFailedFsyncOfWalCrashesTheClusterAndNothingCommittedIsLost() throws Exception {
        clusters.fail(
                (operation, path) ->
                        operation.equals("sync") && path.startsWith("/pg_wal/") ? Errno.EIO : null);
        assertCrash("insert into kept values (101, 'never acknowledged')");
        try (Connection again = connect()) {
            // Written and not known to be durable: both outcomes are right.
            assertThat(Db.value(again, "select count(*) from kept where i <= 100"))
                    .isEqualTo("100");
            Db.run(again, "insert into kept values (200, 'goes on')");
        }
    }

    @Test
    void aFailedFsyncOfDataCrashesTheClusterAndNothingCommittedIsLost() throws Exception {
        Db.run(keeper, FILL);
        clusters.fail(
                (operation, path) ->
                        operation.equals("sync") && path.startsWith("/base/") ? Errno.EIO : null);
        assertCrash("checkpoint");
        try (Connection again = connect()) {
            assertKept(again, 3000);
        }
    }

    @Test
    void aCheckpointWaitsForWhatOtherSessionsWroteToo() throws Exception {
        try (Connection writer = connect()) {
            Db.run(writer, FILL);
            // Forces buffers out in this session, whose own list of files ends with it.
            Db.run(
                    writer,
                    "create table big as select repeat('y', 900) from kept, kept k limit 30000");
        }
        clusters.fail(
                (operation, path) ->
                        operation.equals("sync") && path.startsWith("/base/") ? Errno.EIO : null);
        assertCrash("checkpoint");
        try (Connection again = connect()) {
            assertKept(again, 3000);
            assertThat(Db.value(again, "select count(*) from big")).isEqualTo("30000");
        }
    }

    @Test
    void aFullDiskForWalCrashesTheClusterAndNothingCommittedIsLost() throws Exception {
        clusters.fail(
                (operation, path) ->
                        operation.equals("write") && path.startsWith("/pg_wal/")
                                ? Errno.ENOSPC
                                : null);
        SQLException refused = failure(FILL);
        assertThat(refused.getSQLState()).isIn("08006", "57P02", "53100");
        clusters.heal();
        try (Connection again = connect()) {
            assertKept(again, 100);
            Db.run(again, FILL);
            assertKept(again, 3000);
        }
    }

    @Test
    void shortWritesAreCompleted() throws Exception {
        clusters.shortWrites(1000);
        Db.run(keeper, FILL, "checkpoint");
        clusters.heal();
        keeper.close();
        try (Connection again = connect()) {
            assertKept(again, 3000);
            assertThat(Db.value(again, "select sum(length(x)) from kept where i > 100"))
                    .isEqualTo("2900000");
        }
    }

    @Test
    void aFailedRenameIsAnErrorOfTheStatement() throws Exception {
        clusters.fail((operation, path) -> operation.equals("rename") ? Errno.EIO : null);
        SQLException refused = failure("alter system set work_mem = '8MB'");
        assertThat(refused.getSQLState()).as(refused.getMessage()).isEqualTo("58030");
        assertThat(clusters.faults()).isPositive();
        clusters.heal();
        Db.run(keeper, "alter system set work_mem = '8MB'");
        assertKept(keeper, 100);
    }

    /** Of a file or a directory, in a checkpoint, at the end, and in the recovery after it. */
    @ParameterizedTest
    @ValueSource(strings = {"/base/", "/global/", "/pg_xact/", "/pg_wal", "/"})
    void nothingCommittedIsLostWhereverFsyncFails(String prefix) throws Exception {
        Db.run(keeper, FILL);
        failSyncs(prefix);
        ignoringFailure(() -> Db.run(keeper, "checkpoint"));
        ignoringFailure(() -> connect().close());
        keeper.close();
        ignoringFailure(() -> connect().close());

        clusters.heal();
        try (Connection again = connect()) {
            assertKept(again, 3000);
            Db.run(again, "insert into kept values (3001, 'goes on')");
            failSyncs(prefix);
        }
        clusters.heal();
        try (Connection again = connect()) {
            assertKept(again, 3001);
        }
    }

    private void failSyncs(String prefix) {
        clusters.fail(
                (operation, path) ->
                        operation.equals("sync") && path.startsWith(prefix) ? Errno.EIO : null);
    }

    /** Does what may fail or not, but in no other way than by an SQLException. */
    private static void ignoringFailure(ThrowingCallable call) {
        Throwable failure = catchThrowable(call);
        if (failure != null) {
            assertThat(failure).isInstanceOf(SQLException.class);
        }
    }

    private void assertCrash(String sql) {
        SQLException crash = failure(sql);
        assertThat(crash.getSQLState()).as(crash.getMessage()).isIn("08006", "57P02", "58030");
        assertThat(clusters.faults()).isPositive();
        clusters.heal();
        SQLException gone = failure("select 1");
        assertThat(gone.getSQLState()).as("the old connection is gone").startsWith("08");
    }
}
