package io.github.jdbcpglite.cli;

import io.github.jdbcpglite.jdbc.PGliteServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Properties;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Serves a database until the process is told to end. */
@Command(
        name = "serve",
        mixinStandardHelpOptions = true,
        description = "Serve a database to psql and other clients until the process is ended.")
final class ServeCommand implements Callable<Integer> {
    private static final long CLOSE_SECONDS = 60;

    @Spec private CommandSpec spec = CommandSpec.create();

    @Parameters(
            arity = "0..1",
            paramLabel = "TARGET",
            defaultValue = "memory:",
            description = "The database; by default a new one in memory.")
    private String target = "memory:";

    @Option(
            names = {"-l", "--listen"},
            paramLabel = "ADDRESS",
            defaultValue = "5432",
            description = "A port of 127.0.0.1, host:port, or the path of a Unix socket.")
    private String listen = "5432";

    @Option(
            names = {"-U", "--user"},
            paramLabel = "ROLE",
            defaultValue = "postgres",
            description = "The role that gets the password.")
    private String user = "postgres";

    @Option(
            names = "--password-file",
            paramLabel = "FILE",
            description = {
                "A file with the password in its first line; by default the variable PGPASSWORD.",
                "If there is neither and the role has no password, one is made up and kept in a",
                "file for libpq that only its owner may read: beside a directory, as",
                "DIRECTORY.pgpass, for good; else a temporary one."
            })
    private @Nullable Path passwordFile;

    @Override
    public Integer call() throws SQLException, IOException, InterruptedException {
        PrintWriter err = spec.commandLine().getErr();
        Properties info = new Properties();
        info.setProperty("pglite.listen", listen);
        info.setProperty("user", user);
        String password = password();
        if (password != null) {
            info.setProperty("pglite.listenPassword", password);
        }
        err.println("Opening " + target);
        err.flush();
        long start = System.nanoTime();
        CountDownLatch stop = new CountDownLatch(1);
        CountDownLatch stopped = new CountDownLatch(1);
        Thread hook = new Thread(() -> stopAndAwait(stop, stopped), "jdbc-pglite-stop");
        try (PGliteServer server = PGliteServer.start(Target.url(target), info)) {
            Runtime.getRuntime().addShutdownHook(hook);
            long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
            err.println("Ready after " + millis + " ms; end it with Ctrl-C or SIGTERM");
            try (Access access = Access.of(server, user, password != null)) {
                access.lines().forEach(err::println);
                err.flush();
                PrintWriter out = spec.commandLine().getOut();
                out.println(server.getJdbcUrl("postgres").orElse(server.getAddress().toString()));
                out.flush();
                stop.await();
            }
            err.println("Closing");
            err.flush();
        } finally {
            stopped.countDown();
        }
        return 0;
    }

    private @Nullable String password() throws IOException {
        Path file = passwordFile;
        if (file == null) {
            return System.getenv("PGPASSWORD");
        }
        return Files.readString(file, StandardCharsets.UTF_8).lines().findFirst().orElse("");
    }

    private static void stopAndAwait(CountDownLatch stop, CountDownLatch stopped) {
        stop.countDown();
        try {
            if (!stopped.await(CLOSE_SECONDS, TimeUnit.SECONDS)) {
                System.getLogger(ServeCommand.class.getName())
                        .log(System.Logger.Level.ERROR, "the database did not close in time");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
