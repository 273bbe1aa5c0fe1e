package io.github.jdbcpglite.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A client whose server is started for each run, before the clock, and ended after it.
 *
 * <p>The server prints {@code listening PORT} when it can be reached, and ends at the end of its
 * input: that comes when this JVM closes the pipe or dies, however it dies. Not thread-safe.
 */
final class ServedContender extends Contender {
    /** Stands for the server's port in the client's command. */
    static final String PORT = "{port}";

    private static final String READY = "listening ";
    private static final int STOP_SECONDS = 30;

    private final List<String> server;
    private final List<String> client;

    /**
     * Creates a contender.
     *
     * @param name for the table
     * @param server starts the server
     * @param client what is measured, with {@link #PORT} in it
     */
    ServedContender(String name, List<String> server, List<String> client) {
        super(name, client);
        this.server = server;
        this.client = client;
    }

    @Override
    void run() throws IOException, InterruptedException {
        // What goes wrong in the server is told where the benchmarks' own errors are.
        ProcessBuilder builder =
                new ProcessBuilder(server).redirectError(ProcessBuilder.Redirect.INHERIT);
        try (Server running = new Server(name(), builder.start())) {
            String port = running.port();
            measure(client.stream().map(part -> part.replace(PORT, port)).toList());
        }
    }

    /** A server process. */
    private record Server(String name, Process process) implements AutoCloseable {
        String port() throws IOException {
            // Not closed: a server that prints more must not fail for it.
            BufferedReader output = process.inputReader(StandardCharsets.UTF_8);
            String line = output.readLine();
            if (line == null) {
                throw new IOException(name + ": the server ended and did not listen");
            }
            if (!line.startsWith(READY)) {
                throw new IOException(name + ": the server does not listen but prints " + line);
            }
            return line.substring(READY.length());
        }

        @Override
        public void close() throws IOException {
            try {
                process.getOutputStream().close();
                if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
                    throw new IOException(
                            name + ": the server did not stop in " + STOP_SECONDS + " s");
                }
                if (process.exitValue() != 0) {
                    throw new IOException(
                            name + ": the server's exit status is " + process.exitValue());
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException(name + ": interrupted while the server stopped", e);
            } finally {
                process.destroyForcibly();
            }
        }
    }
}
