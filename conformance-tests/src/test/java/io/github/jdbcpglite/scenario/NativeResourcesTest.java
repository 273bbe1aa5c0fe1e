package io.github.jdbcpglite.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.jdbcpglite.jdbc.PGliteVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What native code takes from the system, it gives back without waiting for the collector. */
class NativeResourcesTest {
    private static final Path DESCRIPTORS = Path.of("/proc/self/fd");
    private static final int CLUSTERS = 8;

    private static long filesInMemory() throws IOException {
        List<Path> links;
        try (Stream<Path> all = Files.list(DESCRIPTORS)) {
            links = all.toList();
        }
        long count = 0;
        for (Path link : links) {
            count += target(link).contains("memfd:jdbc-pglite") ? 1 : 0;
        }
        return count;
    }

    private static String target(Path link) throws IOException {
        try {
            return Files.readSymbolicLink(link).toString();
        } catch (NoSuchFileException e) {
            return ""; // it was that of the listing, or somebody has closed it
        }
    }

    private static void openAndClose() throws SQLException {
        try (Connection connection =
                DriverManager.getConnection(
                        "jdbc:pglite:temp:?pglite.close=last&pglite.engine=native")) {
            assertThat(connection.isValid(10)).isTrue();
        }
    }

    @Test
    void sharedMemoryOfAClosedClusterIsGone() throws SQLException, IOException {
        assumeTrue(PGliteVersion.usualEngine().equals("native"), "run with -Pnative");
        assumeTrue(Files.isDirectory(DESCRIPTORS), "only Linux lists descriptors");
        openAndClose();
        long before = filesInMemory();
        for (int i = 0; i < CLUSTERS; i++) {
            openAndClose();
        }
        assertThat(filesInMemory()).isLessThanOrEqualTo(before);
    }
}
