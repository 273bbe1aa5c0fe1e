package io.github.jdbcpglite.durable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.jdbcpglite.jdbc.PGlite;
import io.github.jdbcpglite.jdbc.dump.PGliteDump;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What only reads makes no cluster where there is none. */
@Timeout(value = 240, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ReadersTest {
    @TempDir Path temp;

    private static void assertAbsent(Path directory, ThrowingCallable call) {
        SQLException refused = catchThrowableOfType(SQLException.class, call);
        assertThat(refused.getSQLState()).as(refused.getMessage()).isEqualTo("58P01");
        assertThat(refused.getMessage()).contains(directory.toString());
    }

    @Test
    void aMissingDirectoryStaysMissing() throws Exception {
        Path directory = temp.resolve("missing/db");
        Path archive = temp.resolve("copy.tar");
        String url = Db.url(directory);
        assertAbsent(directory, () -> PGlite.backup(url, archive));
        assertAbsent(directory, () -> PGliteDump.dump(url, List.of(), new ByteArrayOutputStream()));
        assertAbsent(
                directory,
                () -> DriverManager.getConnection(url + "?pglite.ifExists=true").close());
        assertThat(temp).isEmptyDirectory();
    }

    @Test
    void anEmptyDirectoryStaysEmpty() throws Exception {
        Path directory = Files.createDirectory(temp.resolve("db"));
        assertAbsent(directory, () -> PGlite.backup(Db.url(directory), temp.resolve("copy.tar")));
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void aClusterThatIsThereIsRead() throws Exception {
        Path directory = temp.resolve("db");
        try (Connection connection = Db.open(directory)) {
            Db.run(connection, "create table kept as select 1 as i");
        }
        String url = Db.url(directory) + "?pglite.ifExists=true";
        try (Connection connection = DriverManager.getConnection(url);
                Connection other = Db.open(directory)) {
            assertThat(Db.value(connection, "select i from kept")).isEqualTo("1");
            assertThat(Db.value(other, "select i from kept")).isEqualTo("1");
        }
        ByteArrayOutputStream dump = new ByteArrayOutputStream();
        PGliteDump.dump(Db.url(directory), List.of("--schema-only"), dump);
        assertThat(dump.toString(StandardCharsets.UTF_8)).contains("kept");
        PGlite.backup(Db.url(directory), temp.resolve("copy.tar"));
        assertThat(temp.resolve("copy.tar")).isNotEmptyFile();
    }
}
