package io.github.jdbcpglite.build.codegen;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Another JVM of this JDK with the same class path, for code that it compiles in its own way. */
final class TestJvm {
    /** Where the program of such a JVM prints. */
    static final PrintStream OUT =
            new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);

    private TestJvm() {}

    /** Runs a class to its end and returns what it printed. */
    static String run(
            Path directory, long seconds, List<String> options, Class<?> main, String... arguments)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        command.add("-cp");
        command.add(System.getProperty("java.class.path"));
        command.add(main.getName());
        command.addAll(List.of(arguments));
        Path output = Files.createTempFile(directory, "jvm", ".out");
        Process jvm =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(output.toFile())
                        .start();
        boolean ended;
        try {
            ended = jvm.waitFor(seconds, TimeUnit.SECONDS);
        } finally {
            jvm.destroyForcibly().waitFor();
        }
        String text = Files.readString(output);
        assertThat(ended).as("ended within %d s:%n%s", seconds, text).isTrue();
        assertThat(jvm.exitValue()).as("exit of the JVM that printed:%n%s", text).isZero();
        return text;
    }
}
