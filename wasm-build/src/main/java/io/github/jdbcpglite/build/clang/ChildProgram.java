package io.github.jdbcpglite.build.clang;

import io.github.jdbcpglite.build.stage.PipelineException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs a program of the toolchain in a process of its own. */
final class ChildProgram {
    /** What of a failed program's output is kept: its first lines name the first error. */
    private static final int OUTPUT_MAX = 4000;

    private ChildProgram() {}

    static void run(List<String> command, Duration timeout) throws IOException {
        Process process =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectInput(ProcessBuilder.Redirect.PIPE)
                        .start();
        try {
            process.getOutputStream().close();
            String output = drain(process.getInputStream());
            if (!process.waitFor(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new PipelineException(
                        name(command) + " did not end within " + timeout.toSeconds() + " s");
            }
            if (process.exitValue() != 0) {
                throw new PipelineException(
                        name(command)
                                + " failed (exit status "
                                + process.exitValue()
                                + ") on "
                                + command.get(command.size() - 1)
                                + ":\n"
                                + output);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PipelineException("interrupted while " + name(command) + " ran", e);
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    private static String name(List<String> command) {
        return String.valueOf(Path.of(command.get(0)).getFileName());
    }

    /** Reads all, so that the program can go on, and keeps the beginning. */
    private static String drain(InputStream in) throws IOException {
        byte[] kept = in.readNBytes(OUTPUT_MAX);
        in.transferTo(OutputStream.nullOutputStream());
        // The encoding of file names is the system's; this one maps every byte to something.
        return new String(kept, StandardCharsets.ISO_8859_1);
    }
}
