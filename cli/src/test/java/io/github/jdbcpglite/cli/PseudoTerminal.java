package io.github.jdbcpglite.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A program on a pseudo-terminal of its own, made by {@code script} of util-linux: what is typed
 * goes through the terminal's line discipline, so Ctrl-C is SIGINT for every process in front. Not
 * thread-safe.
 */
final class PseudoTerminal implements AutoCloseable {
    /** What the user types for SIGINT. */
    static final String CTRL_C = "\u0003";

    /** What the user types for the end of the input. */
    static final String CTRL_D = "\u0004";

    private static final long SECONDS = 60;

    private final Process process;
    private final OutputStream keyboard;
    private final StringBuilder screen = new StringBuilder();
    private final Thread reader;
    private int seen;

    private PseudoTerminal(Process process) {
        this.process = process;
        this.keyboard = process.getOutputStream();
        this.reader = new Thread(this::read, "pseudo-terminal");
        reader.setDaemon(true);
        reader.start();
    }

    /** Skips the test where there is no such program. */
    static void assumeInstalled(String program) {
        for (String folder : System.getenv("PATH").split(":", -1)) {
            if (Files.isExecutable(Path.of(folder, program))) {
                return;
            }
        }
        assumeTrue(false, program + " is not installed");
    }

    static PseudoTerminal start(Map<String, String> environment, List<String> command)
            throws IOException {
        assumeTrue(System.getProperty("os.name").equals("Linux"), "script of util-linux is needed");
        assumeInstalled("script");
        List<String> quoted = new ArrayList<>();
        for (String argument : command) {
            quoted.add("'" + argument.replace("'", "'\\''") + "'");
        }
        // The shell that script starts hands its process over: one that stays gets Ctrl-C too, and
        // dash ends with 130 then, whatever the program's own exit code.
        ProcessBuilder builder =
                new ProcessBuilder(
                        "script",
                        "-q",
                        "-e",
                        "-c",
                        "exec " + String.join(" ", quoted),
                        "/dev/null");
        builder.environment().putAll(environment);
        return new PseudoTerminal(builder.redirectErrorStream(true).start());
    }

    private void read() {
        try (Reader in = new InputStreamReader(process.getInputStream(), UTF_8)) {
            char[] buffer = new char[4096];
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                synchronized (screen) {
                    screen.append(buffer, 0, count);
                    screen.notifyAll();
                }
            }
        } catch (IOException e) {
            // The terminal is gone, which who waits for more sees by the deadline.
            return;
        }
    }

    void type(String text) throws IOException {
        keyboard.write(text.getBytes(UTF_8));
        keyboard.flush();
    }

    /** Waits for a text after what was waited for before; returns what came up to its end. */
    String await(String text) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
        synchronized (screen) {
            while (true) {
                int at = screen.indexOf(text, seen);
                if (at >= 0) {
                    String passed = screen.substring(seen, at + text.length());
                    seen = at + text.length();
                    return passed;
                }
                long millis = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
                assertThat(millis)
                        .as("\"%s\" did not come within %s s after: %s", text, SECONDS, screen)
                        .isPositive();
                screen.wait(millis);
            }
        }
    }

    /** Waits for the end of the program and returns its exit code. */
    int awaitExit() throws InterruptedException {
        assertThat(process.waitFor(SECONDS, TimeUnit.SECONDS)).as("it ended").isTrue();
        return process.exitValue();
    }

    /** Returns all that came. */
    String screen() {
        synchronized (screen) {
            return screen.toString();
        }
    }

    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        try {
            reader.join(TimeUnit.SECONDS.toMillis(SECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
