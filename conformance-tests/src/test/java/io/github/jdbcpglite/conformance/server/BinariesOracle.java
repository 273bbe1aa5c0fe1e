package io.github.jdbcpglite.conformance.server;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The oracle as a process of the unpacked server programs, listening on a free loopback port.
 *
 * <p>The server is the child of a small shell script that waits for the end of its input. That end
 * comes when this JVM closes the pipe or dies, however it dies; the script then stops the server
 * and removes the data directory, so nothing outlives the build.
 */
final class BinariesOracle implements OracleServer {
    private static final int START_SECONDS = 60;
    private static final int STOP_SECONDS = 30;

    /** Arguments: program, data directory, log file, directory to remove, port. */
    private static final String GUARD =
            """
            "$1" -D "$2" -p "$5" >"$3" 2>&1 </dev/null & pid=$!
            cat >/dev/null
            kill -INT $pid 2>/dev/null
            wait $pid
            rm -rf "$4"/*
            """;

    private final Process guard;
    private final Path directory;
    private final int port;
    private final Thread hook;
    private final AtomicBoolean closed = new AtomicBoolean();

    private BinariesOracle(Process guard, Path directory, int port) {
        this.guard = guard;
        this.directory = directory;
        this.port = port;
        this.hook = new Thread(this::stop, "stop-oracle");
        Runtime.getRuntime().addShutdownHook(hook);
    }

    static BinariesOracle start() throws OracleUnavailableException, IOException {
        Path home = PostgresBinaries.unpacked();
        Path directory = Files.createTempDirectory("jdbc-pglite-oracle-data");
        UnprivilegedUser.give(directory);
        try {
            initialise(home, directory);
            return launch(home, directory);
        } catch (IOException | OracleUnavailableException e) {
            deleteTree(directory);
            throw e;
        }
    }

    private static void initialise(Path home, Path directory)
            throws OracleUnavailableException, IOException {
        List<String> command = new ArrayList<>();
        command.add(home.resolve("bin/initdb").toString());
        command.addAll(
                List.of(
                        "-D",
                        directory.resolve("data").toString(),
                        "-U",
                        "postgres",
                        "-A",
                        "trust",
                        "--no-sync",
                        "--no-instructions"));
        command.addAll(List.of(OracleServer.initdbArguments().trim().split("\\s+")));
        Process process =
                builder(UnprivilegedUser.command(command), directory)
                        .redirectErrorStream(true)
                        .start();
        process.getOutputStream().close();
        String output;
        try (InputStream in = process.getInputStream()) {
            output = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
        if (awaitExit(process, START_SECONDS) != 0) {
            throw new IOException("initdb failed:\n" + output);
        }
    }

    private static BinariesOracle launch(Path home, Path directory)
            throws OracleUnavailableException, IOException {
        Path data = directory.resolve("data");
        Path log = directory.resolve("log");
        Files.writeString(
                data.resolve("postgresql.auto.conf"),
                """
                listen_addresses = '127.0.0.1'
                unix_socket_directories = ''
                fsync = off
                full_page_writes = off
                timezone = 'UTC'
                log_timezone = 'UTC'
                max_connections = 100
                max_prepared_transactions = 10
                """,
                StandardCharsets.UTF_8);
        int port = freePort();
        List<String> command =
                List.of(
                        "/bin/sh",
                        "-c",
                        GUARD,
                        "oracle",
                        home.resolve("bin/postgres").toString(),
                        data.toString(),
                        log.toString(),
                        directory.toString(),
                        Integer.toString(port));
        Process process =
                builder(UnprivilegedUser.command(command), directory)
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start();
        BinariesOracle oracle = new BinariesOracle(process, directory, port);
        oracle.awaitReady(log);
        return oracle;
    }

    private static ProcessBuilder builder(List<String> command, Path directory) {
        ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile());
        builder.environment().put("LC_ALL", "C");
        builder.environment().put("TZ", "UTC");
        builder.environment().put("HOME", directory.toString());
        builder.environment().keySet().removeIf(name -> name.startsWith("PG"));
        return builder;
    }

    private void awaitReady(Path log) throws IOException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
        while (true) {
            try (Connection connection =
                    DriverManager.getConnection(urlTemplate().replace("{database}", "postgres"))) {
                if (connection.isValid(1)) {
                    return;
                }
            } catch (SQLException e) {
                if (System.nanoTime() > deadline || !guard.isAlive()) {
                    String text = Files.exists(log) ? Files.readString(log) : "(no log)";
                    close();
                    throw new IOException("The oracle did not start:\n" + text, e);
                }
                awaitExitBriefly();
            }
        }
    }

    /** Waits a little for the guard to end, which it does only if something went wrong. */
    private void awaitExitBriefly() throws IOException {
        try {
            guard.waitFor(50, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted while the oracle started", e);
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static int awaitExit(Process process, int seconds) throws IOException {
        try {
            if (process.waitFor(seconds, TimeUnit.SECONDS)) {
                return process.exitValue();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted while a program of the oracle ran", e);
        }
        process.destroyForcibly();
        return -1;
    }

    @Override
    public String urlTemplate() {
        return "jdbc:postgresql://127.0.0.1:" + port + "/{database}?user=postgres";
    }

    @Override
    public String kind() {
        return "server binaries from Maven Central";
    }

    @Override
    public void close() {
        stop();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The JVM is ending already and runs the hook itself; it finds the server stopped.
            return;
        }
    }

    private void stop() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        try {
            guard.getOutputStream().close();
            if (awaitExit(guard, STOP_SECONDS) == -1) {
                throw new IOException("The oracle did not stop in " + STOP_SECONDS + " s");
            }
            deleteTree(directory);
        } catch (IOException e) {
            System.getLogger(BinariesOracle.class.getName())
                    .log(System.Logger.Level.WARNING, "Could not remove " + directory, e);
        }
    }

    private static void deleteTree(Path root) throws IOException {
        if (!Files.exists(root)) {
            return;
        }
        try (var paths = Files.walk(root)) {
            for (Path path : paths.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        }
    }
}
