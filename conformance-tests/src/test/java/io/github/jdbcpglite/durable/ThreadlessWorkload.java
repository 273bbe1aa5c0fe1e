package io.github.jdbcpglite.durable;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Set;
import java.util.TreeSet;

/**
 * Connects again and again while the system gives no thread with a stack as large as a backend's,
 * because the address space of this process is limited, and once more when it does.
 */
final class ThreadlessWorkload {
    /** Sets the limit of a running process; part of util-linux. */
    static final Path PRLIMIT = Path.of("/usr/bin/prlimit");

    private static final String URL = "jdbc:pglite:";
    private static final String OTHER_URL = "jdbc:pglite:temp:";

    /** More than a cluster with the default settings has places for. */
    private static final int ATTEMPTS = 300;

    /** Each makes a cluster, for which nothing is counted that could run out. */
    private static final int OTHER_ATTEMPTS = 20;

    /** What the JVM itself may grow by meanwhile: a little less than a backend's stack. */
    private static final long ROOM_BYTES = 56 << 20;

    private ThreadlessWorkload() {}

    /** Prints the SQLStates of the attempts, and how many sessions there are in the end. */
    public static void main(String[] args) throws Exception {
        PrintStream out =
                new PrintStream(
                        new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
        try (Connection first = DriverManager.getConnection(URL)) {
            // So that the JVM has grown to what it needs.
            DriverManager.getConnection(OTHER_URL).close();
            limit(Long.toString(addressSpaceBytes() + ROOM_BYTES));
            out.println("same cluster " + failures(URL, ATTEMPTS));
            out.println("another cluster " + failures(OTHER_URL, OTHER_ATTEMPTS));
            limit("unlimited");
            try (Connection second = DriverManager.getConnection(URL)) {
                Db.run(second, "select 1");
                out.println(
                        "sessions "
                                + Db.value(
                                        first,
                                        "select count(*) from pg_stat_activity"
                                                + " where backend_type = 'client backend'"));
            }
        }
    }

    private static Set<String> failures(String url, int attempts) {
        Set<String> states = new TreeSet<>();
        for (int i = 0; i < attempts; i++) {
            try (Connection connection = DriverManager.getConnection(url)) {
                states.add("none in " + connection);
            } catch (SQLException e) {
                states.add(String.valueOf(e.getSQLState()));
            }
        }
        return states;
    }

    private static void limit(String bytes) throws IOException, InterruptedException {
        Process process =
                new ProcessBuilder(
                                PRLIMIT.toString(),
                                "--pid",
                                Long.toString(ProcessHandle.current().pid()),
                                "--as=" + bytes + ":unlimited")
                        .inheritIO()
                        .start();
        if (process.waitFor() != 0) {
            throw new IOException("prlimit failed");
        }
    }

    private static long addressSpaceBytes() throws IOException {
        for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
            if (line.startsWith("VmSize:")) {
                return Long.parseLong(line.replaceAll("\\D", "")) << 10;
            }
        }
        throw new IOException("no VmSize");
    }
}
