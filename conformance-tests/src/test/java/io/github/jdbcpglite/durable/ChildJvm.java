package io.github.jdbcpglite.durable;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Another JVM with the same class path, whose standard output is read line by line. */
public final class ChildJvm implements AutoCloseable {
    /** For a JVM that lives for seconds. */
    private static final List<String> SHORT_LIVED =
            List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC");

    private final Process process;
    private final BufferedReader output;

    private ChildJvm(Process process) {
        this.process = process;
        this.output =
                new BufferedReader(
                        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    /** Starts the main method of a class. Its standard error comes with its standard output. */
    static ChildJvm startMerged(Class<?> main, String... arguments) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command(SHORT_LIVED, main, arguments));
        builder.redirectErrorStream(true);
        return new ChildJvm(builder.start());
    }

    /** Starts the main method of a class. Its standard error goes to ours. */
    static ChildJvm start(Class<?> main, String... arguments) throws IOException {
        return start(List.of(), main, arguments);
    }

    /** As the other, with further options of the JVM. */
    static ChildJvm start(List<String> options, Class<?> main, String... arguments)
            throws IOException {
        List<String> all = new ArrayList<>(SHORT_LIVED);
        all.addAll(options);
        ProcessBuilder builder = new ProcessBuilder(command(all, main, arguments));
        builder.redirectError(ProcessBuilder.Redirect.INHERIT);
        return new ChildJvm(builder.start());
    }

    /** Returns the command of another JVM of this JDK, with the same class path. */
    public static List<String> command(List<String> options, Class<?> main, String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        command.add("-Duser.timezone=UTC");
        command.add("-cp");
        command.add(System.getProperty("java.class.path"));
        command.add(main.getName());
        command.addAll(List.of(arguments));
        return command;
    }

    long pid() {
        return process.pid();
    }

    /** Returns the next line, or {@code null} at the end of the output. */
    @Nullable String line() throws IOException {
        return output.readLine();
    }

    /** Sends a line to its standard input. */
    void send(String line) throws IOException {
        process.getOutputStream().write((line + "\n").getBytes(StandardCharsets.UTF_8));
        process.getOutputStream().flush();
    }

    /** Asks it to end, as SIGTERM does. */
    void terminate() {
        // Process.destroy would close the output, of which there is more to read.
        process.toHandle().destroy();
    }

    /** Kills it as SIGKILL does, without any of its own code running. */
    void kill() {
        // Process.destroyForcibly would close the output, of which there may be more to read.
        process.toHandle().destroyForcibly();
    }

    /** Kills it from another thread, at an instant by chance; the caller joins the thread. */
    Thread killAfter(long nanos) {
        Thread killer =
                new Thread(
                        () -> {
                            try {
                                // The moment of the kill is the point; nothing is awaited here.
                                TimeUnit.NANOSECONDS.sleep(nanos);
                            } catch (InterruptedException e) {
                                Thread.currentThread().interrupt();
                            }
                            kill();
                        },
                        "killer");
        killer.start();
        return killer;
    }

    int awaitExit() throws InterruptedException {
        if (!process.waitFor(Db.DEADLINE_SECONDS, TimeUnit.SECONDS)) {
            throw new AssertionError("the child JVM does not end");
        }
        return process.exitValue();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
