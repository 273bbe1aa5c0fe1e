package io.github.jdbcpglite.durable;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.jdbcpglite.conformance.server.NativeServer;
import io.github.jdbcpglite.conformance.server.OracleUnavailableException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A native 64-bit PostgreSQL and our directories: each refuses the other's and says so. */
@Timeout(value = 240, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class NativeServerTest {
    @TempDir Path temp;

    @Test
    void aNativeServerRefusesTheDirectoryBecauseOfItsWordSize() throws Exception {
        Files.setPosixFilePermissions(temp, PosixFilePermissions.fromString("rwxr-xr-x"));
        Path directory = temp.resolve("db");
        try (Connection connection = Db.open(directory)) {
            Db.run(connection, "create table t(i int)");
        }
        try {
            assertThat(NativeServer.output(directory))
                    .contains("FATAL")
                    .contains("USE_FLOAT8_BYVAL");
        } catch (OracleUnavailableException e) {
            Assumptions.abort("no native server here: " + e.getMessage());
        }
        giveBack(directory);
        // It looked and changed nothing that matters.
        try (Connection connection = Db.open(directory)) {
            assertThat(Db.value(connection, "select count(*) from t")).isEqualTo("0");
        }
    }

    /** A server that does not run as root was given the directory. */
    private static void giveBack(Path directory) throws IOException {
        UserPrincipal owner = Files.getOwner(requireNonNull(directory.getParent()));
        try (Stream<Path> paths = Files.walk(directory)) {
            for (Path path : paths.toList()) {
                Files.setOwner(path, owner);
            }
        }
    }

    @Test
    void aDirectoryOfASixtyFourBitServerIsRefused() throws Exception {
        Path directory = temp.resolve("db");
        Db.open(directory).close();
        ControlFiles.setFloat8ByValue(directory.resolve("global/pg_control"));
        SQLException refused =
                catchThrowableOfType(SQLException.class, () -> Db.open(directory).close());
        assertThat(refused.getMessage()).contains("64-bit").contains("pg_dump");
    }
}
