package io.github.jdbcpglite.durable;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A JVM that is killed while {@code pglite.init} fills a directory. */
@Timeout(value = 240, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class KilledInitTest {
    @TempDir Path temp;

    @Test
    void aDirectoryThatWasNotFilledIsMadeAgain() throws Exception {
        Path directory = temp.resolve("db");
        Path script = temp.resolve("init.sql");
        Files.writeString(
                script,
                "create table done(i int); insert into done values (1);"
                        + " select pg_sleep(600); create table held as select 1 as i;");
        String url = Db.url(directory) + "?pglite.init=file:" + script;
        try (ChildJvm child = ChildJvm.start(DirectoryHolder.class, url)) {
            Path marker = directory.resolve("pglite.creating");
            Path relations = directory.resolve("base/5");
            // The relation of the table is there, so the script runs.
            while (!Files.exists(marker) || !hasUserRelation(relations)) {
                assertThat(ProcessHandle.of(child.pid())).isPresent();
                Thread.onSpinWait();
            }
            child.kill();
            child.awaitExit();
            assertThat(marker).exists();
        }
        Files.writeString(script, "create table filled(i int); insert into filled values (1);");
        try (Connection connection = DriverManager.getConnection(url)) {
            assertThat(Db.value(connection, "select count(*) from filled")).isEqualTo("1");
            assertThat(Db.value(connection, "select to_regclass('done') is null")).isEqualTo("t");
        }
        assertThat(directory.resolve("pglite.creating")).doesNotExist();
    }

    private static boolean hasUserRelation(Path relations) {
        return Files.exists(relations.resolve("16384"));
    }
}
