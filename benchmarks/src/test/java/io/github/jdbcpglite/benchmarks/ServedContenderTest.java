package io.github.jdbcpglite.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With shells for servers, each of which leaves a file when it has ended as it should. */
final class ServedContenderTest {
    @TempDir Path directory;

    private Path ended() {
        return directory.resolve("ended");
    }

    private ServedContender contender(String ready, String client) {
        String server = "echo " + ready + "; cat >/dev/null; : >'" + ended() + "'";
        return new ServedContender("test", shell(server), shell(client));
    }

    private static List<String> shell(String script) {
        return List.of("/bin/sh", "-c", script);
    }

    @Test
    void theClientGetsThePortAndTheServerEnds() throws Exception {
        ServedContender contender = contender("listening 1234", "echo measure {port}");

        contender.run();

        assertThat(contender.median("measure")).isEqualTo(1234);
        assertThat(ended()).exists();
    }

    @Test
    void theServerEndsAfterAFailureToo() {
        assertThatThrownBy(contender("listening 1234", "echo no use; exit 1")::run)
                .isInstanceOf(IOException.class)
                .hasMessage("test failed:\nno use")
                .hasNoSuppressedExceptions();
        assertThat(ended()).exists();
    }

    @Test
    void aServerThatDoesNotListenEndsAndFails() {
        assertThatThrownBy(contender("oops", "echo measure 1")::run)
                .isInstanceOf(IOException.class)
                .hasMessageContaining("does not listen but prints oops")
                .hasNoSuppressedExceptions();
        assertThat(ended()).exists();
    }

    @Test
    void aServerThatEndsAtOnceFailsWithItsStatus() {
        assertThatThrownBy(new ServedContender("test", shell("exit 2"), shell("exit 0"))::run)
                .isInstanceOf(IOException.class)
                .hasMessageContaining("ended and did not listen")
                .satisfies(
                        e ->
                                assertThat(e.getSuppressed())
                                        .singleElement()
                                        .asString()
                                        .contains("exit status is 2"));
    }

    @Test
    void aServerThatFailsIsNoSuccess() {
        List<String> failing = shell("echo listening 1; cat >/dev/null; exit 3");

        assertThatThrownBy(new ServedContender("test", failing, shell("echo measure 1"))::run)
                .isInstanceOf(IOException.class)
                .hasMessageContaining("exit status is 3");
    }
}
