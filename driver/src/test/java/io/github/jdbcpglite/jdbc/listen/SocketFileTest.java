package io.github.jdbcpglite.jdbc.listen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.jdbcpglite.jdbc.PGliteServer;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is at the path of a Unix socket already, and at its end. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class SocketFileTest {
    private static final String PRECIOUS = "precious";

    @TempDir Path temp;

    private static PGliteServer listen(String address) throws SQLException {
        Properties info = new Properties();
        info.setProperty("pglite.listen", address);
        return PGliteServer.start("jdbc:pglite:memory:socket-file?pglite.close=last", info);
    }

    private static void assertRefused(String address, String... texts) {
        SQLException refused =
                catchThrowableOfType(SQLException.class, () -> listen(address).close());
        assertThat(refused.getMessage()).contains(address).contains(texts);
    }

    @Test
    void aRegularFileIsRefusedAndKept() throws IOException {
        Path file = Files.writeString(temp.resolve("important.db"), PRECIOUS);
        assertRefused(file.toString(), "no socket");
        assertThat(file).hasContent(PRECIOUS);
    }

    @Test
    void aLinkIsRefusedAndItsTargetKept() throws IOException {
        Path target = Files.writeString(temp.resolve("target"), PRECIOUS);
        Path link = Files.createSymbolicLink(temp.resolve("link"), target);
        assertRefused(link.toString(), "no socket");
        assertThat(target).hasContent(PRECIOUS);
        assertThat(link).isSymbolicLink();
    }

    @Test
    void aSocketThatIsListenedOnIsRefusedAndKept() throws IOException {
        Path file = temp.resolve("live.sock");
        try (ServerSocketChannel other = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            other.bind(UnixDomainSocketAddress.of(file));
            assertRefused(file.toString(), "another server listens");
            assertThat(Files.exists(file, LinkOption.NOFOLLOW_LINKS)).isTrue();
        }
    }

    @Test
    void aMissingDirectoryIsRefusedAndNothingIsMade() {
        assertRefused(temp.resolve("missing") + "/", "missing");
        assertThat(temp).isEmptyDirectory();
    }

    @Test
    void whatHasTakenThePlaceOfTheSocketIsKeptAtTheEnd() throws IOException, SQLException {
        Path file = temp.resolve("own.sock");
        try (PGliteServer server = listen(file.toString())) {
            assertThat(server.getPort()).isZero();
            Files.delete(file);
            Files.writeString(file, PRECIOUS);
        }
        assertThat(file).hasContent(PRECIOUS);
    }
}
