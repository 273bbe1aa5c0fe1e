package io.github.jdbcpglite.build.stage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Runs stages, each only when its inputs or its output are not those of the last run.
 *
 * <p>Beside each output lies a stamp with the hash of the inputs and of the output. Not
 * thread-safe: one build works on an output directory at a time.
 */
public final class StageRunner {
    private final Path stamps;
    private final Progress progress;
    private final boolean force;

    /**
     * Creates a runner.
     *
     * @param stamps directory of the stamps, created when needed
     * @param progress where to report
     * @param force whether to run stages whose inputs are unchanged too
     */
    public StageRunner(Path stamps, Progress progress, boolean force) {
        this.stamps = stamps;
        this.progress = progress;
        this.force = force;
    }

    /**
     * Brings the output of a stage up to date.
     *
     * @param stage the stage
     * @param output its output directory, replaced as a whole
     * @return whether the stage had to run
     * @throws IOException if a file cannot be read or written
     */
    public boolean run(Stage stage, Path output) throws IOException {
        String inputs = stage.inputs().fingerprint();
        Path stamp = stamps.resolve(stage.name() + ".stamp");
        if (!force && isCurrent(stamp, inputs, output)) {
            progress.line(stage.name() + ": unchanged");
            return false;
        }
        progress.line(stage.name() + ": running");
        long start = System.nanoTime();
        Files.createDirectories(stamps);
        Files.deleteIfExists(stamp);
        runInto(stage, output);
        Files.writeString(stamp, stampText(inputs, output));
        long millis = (System.nanoTime() - start) / 1_000_000;
        progress.line(stage.name() + ": done in " + millis + " ms");
        return true;
    }

    private void runInto(Stage stage, Path output) throws IOException {
        Path parent = output.toAbsolutePath().getParent();
        Files.createDirectories(parent);
        Path fresh = Files.createTempDirectory(parent, "." + stage.name() + "-");
        try {
            stage.run(fresh, line -> progress.line("  " + line));
            FileTrees.delete(output);
            Files.move(fresh, output);
        } finally {
            FileTrees.delete(fresh);
        }
    }

    private static boolean isCurrent(Path stamp, String inputs, Path output) throws IOException {
        return Files.isRegularFile(stamp)
                && Files.isDirectory(output)
                && Files.readString(stamp).equals(stampText(inputs, output));
    }

    private static String stampText(String inputs, Path output) throws IOException {
        return "inputs " + inputs + "\noutput " + Hashes.ofTree(output) + "\n";
    }
}
