package io.github.jdbcpglite.cli;

import io.github.jdbcpglite.jdbc.PGliteServer;
import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import org.jline.utils.Signals;

/** Runs a program of PostgreSQL's clients against a database of this JVM. Stateless. */
final class ClientProgram {
    private static final String INTERRUPT = "INT";
    private static final long END_SECONDS = 10;

    private ClientProgram() {}

    /**
     * Runs a program with libpq's environment pointing at a port that is open as long as it runs.
     *
     * <p>Ctrl-C at the terminal is the program's to answer: this process goes on until it ends. If
     * this process is told to end by another signal, so is the program.
     *
     * @param info properties as for a connection
     * @return its exit code
     * @throws IOException if it cannot be started
     */
    static int run(String target, Properties info, List<String> command)
            throws SQLException, IOException, InterruptedException {
        ServerMessages.leaveToClients();
        // No password is given, so that a made-up one is set only where the role has none.
        try (PGliteServer server = PGliteServer.start(Target.url(target), info)) {
            ProcessBuilder builder = new ProcessBuilder(command);
            Map<String, String> environment = builder.environment();
            environment.put("PGHOST", "127.0.0.1");
            environment.put("PGPORT", Integer.toString(server.getPort()));
            environment.putIfAbsent("PGUSER", server.getUser());
            environment.putIfAbsent("PGDATABASE", "postgres");
            String password = server.getPassword();
            if (password != null) {
                environment.put("PGPASSWORD", password);
            }
            return run(builder.inheritIO());
        }
    }

    private static int run(ProcessBuilder builder) throws IOException, InterruptedException {
        // A handler, and not SIG_IGN, which the program would inherit.
        Object previous = Signals.register(INTERRUPT, () -> {});
        try {
            Process process = builder.start();
            Thread hook = new Thread(() -> end(process), "jdbc-pglite-end-program");
            Runtime.getRuntime().addShutdownHook(hook);
            try {
                return process.waitFor();
            } finally {
                end(process);
                removeHook(hook);
            }
        } finally {
            Signals.unregister(INTERRUPT, previous);
        }
    }

    private static void end(Process process) {
        process.destroy();
        try {
            if (!process.waitFor(END_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    private static void removeHook(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The JVM is shutting down: the hook runs, or has run.
            return;
        }
    }
}
