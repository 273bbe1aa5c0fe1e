package io.github.jdbcpglite.conformance.jit;

import io.github.jdbcpglite.durable.ChildJvm;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Runs JVMs one after the other, keeps what those print that fail, and counts. */
final class StressedJvms implements AutoCloseable {
    /** A JVM runs its last script to the end, and where every method is compiled, that is long. */
    private static final int MORE_SECONDS = 600;

    private final Path directory;
    private final PrintWriter progress;
    private final List<String> failures = new ArrayList<>();
    private final Map<JitMode, Integer> jvms = new EnumMap<>(JitMode.class);
    private final Map<JitMode, Integer> answers = new EnumMap<>(JitMode.class);

    /**
     * Makes a runner.
     *
     * @param directory where what a JVM prints goes, and a file that tells how far the run is
     * @param progress that file's name
     */
    StressedJvms(Path directory, String progress) throws IOException {
        this.directory = directory;
        this.progress = new PrintWriter(Files.newBufferedWriter(directory.resolve(progress)), true);
    }

    /**
     * Runs a program to its end.
     *
     * @param seed what the mode decides by chance
     * @param seconds for how long the program runs if all goes well
     */
    void run(JitMode mode, int seed, int seconds, Class<?> main, String... arguments)
            throws IOException, InterruptedException {
        List<String> options = new ArrayList<>(mode.options(Runtime.version().feature(), seed));
        String repeat = " (-Dstress.modes=" + mode + " -Dstress.seed=" + seed + "): ";
        String name = "JDK " + Runtime.version() + " " + String.join(" ", options) + repeat;
        Path log = directory.resolve(mode + "_" + seed + ".log").toAbsolutePath();
        options.add("-Dconformance.resources=" + System.getProperty("conformance.resources"));
        options.add("-Dconformance.answerMillis=" + TimeUnit.SECONDS.toMillis(MORE_SECONDS));
        options.add("-XX:ErrorFile=" + log + ".hs_err");
        Process process =
                new ProcessBuilder(ChildJvm.command(options, main, arguments))
                        .redirectErrorStream(true)
                        .redirectOutput(log.toFile())
                        .start();
        boolean ended;
        try {
            ended = process.waitFor(seconds + MORE_SECONDS, TimeUnit.SECONDS);
        } finally {
            process.destroyForcibly().waitFor();
        }
        String output = Files.readString(log);
        Tally.Result result = Tally.read(output);
        String end = ended ? "exit " + process.exitValue() : "too slow";
        boolean right = false;
        if (end.equals("exit 0") && result != null) {
            end = result.line();
            right = result.wrong().equals("0");
            answers.merge(mode, result.answers(), Integer::sum);
        }
        jvms.merge(mode, 1, Integer::sum);
        progress.println(name + end);
        if (right) {
            Files.delete(log);
        } else {
            failures.add(name + end + "\n" + output);
        }
    }

    /** Returns a text for each JVM that failed. */
    List<String> failures() {
        return failures;
    }

    /** Logs what ran. */
    @Override
    public void close() {
        progress.close();
        System.getLogger(StressedJvms.class.getName())
                .log(
                        System.Logger.Level.INFO,
                        "{0}: JVMs {1}, answers {2}, failed JVMs {3}",
                        Runtime.version(),
                        jvms,
                        answers,
                        failures.size());
    }
}
