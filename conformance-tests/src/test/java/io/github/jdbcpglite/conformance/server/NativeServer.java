package io.github.jdbcpglite.conformance.server;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The native server's program, started once over a data directory. */
public final class NativeServer {
    private NativeServer() {}

    private static void giveAll(Path root) throws IOException {
        try (Stream<Path> walk = Files.walk(root)) {
            for (Path path : walk.toList()) {
                UnprivilegedUser.give(path);
            }
        }
    }

    /**
     * Starts {@code postgres} on a data directory and waits until it has ended, which it does by
     * itself when the directory does not suit it; it ends after a while in any case.
     *
     * @return what it wrote
     * @throws OracleUnavailableException if there are no binaries for this system
     */
    public static String output(Path dataDirectory)
            throws OracleUnavailableException, IOException, InterruptedException {
        Path postgres = PostgresBinaries.unpacked().resolve("bin/postgres");
        if (UnprivilegedUser.needed()) {
            giveAll(dataDirectory);
        }
        List<String> command =
                List.of(
                        "timeout",
                        "20",
                        postgres.toString(),
                        "-D",
                        dataDirectory.toString(),
                        "-c",
                        "listen_addresses=",
                        "-c",
                        "unix_socket_directories=");
        Process process =
                new ProcessBuilder(
                                UnprivilegedUser.needed()
                                        ? UnprivilegedUser.command(command)
                                        : command)
                        .redirectErrorStream(true)
                        .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return output;
    }
}
