package io.github.jdbcpglite.guide;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jdbcpglite.guide.Page.Program;
import io.github.jdbcpglite.guide.Page.Script;
import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The programs of the pages for users compile with the published jars alone, and print what the
 * page says: those of a page one after the other, in one directory, each in a JVM of its own. Who
 * has no main is a test and is run by JUnit.
 */
@Timeout(value = 600, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class GuideTest {
    private static final long PROGRAM_SECONDS = 200;

    @TempDir private Path temp;

    static List<Page> pages() throws IOException {
        return Page.all();
    }

    @ParameterizedTest
    @MethodSource("pages")
    void programsPrintWhatThePageSays(Page page) throws Exception {
        Path sources = Files.createDirectory(temp.resolve("src"));
        Path classes = Files.createDirectory(temp.resolve("classes"));
        Path work = Files.createDirectory(temp.resolve("work"));
        List<Path> files = new ArrayList<>();
        for (Program program : page.programs()) {
            files.add(Files.writeString(sources.resolve(program.fileName()), program.text()));
        }
        for (Script script : page.scripts()) {
            Files.writeString(classes.resolve(script.name()), script.text());
        }
        assertThat(compile(files, classes)).as("what javac says about %s", page).isEmpty();
        for (Program program : page.programs()) {
            if (program.hasMain()) {
                assertThat(run(work, classes, program.name()))
                        .as("%s in %s", program.name(), page)
                        .isEqualTo("exit 0\n" + program.prints());
            } else {
                assertThat(run(work, classes, JUnitRun.class.getName(), program.name()))
                        .as("%s in %s", program.name(), page)
                        .startsWith("exit 0\n");
            }
        }
    }

    /** Returns the jars of others and of this project, without a class of a test. */
    private static String jars() {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> entry.endsWith(".jar") && !entry.endsWith("-tests.jar"))
                .collect(Collectors.joining(File.pathSeparator));
    }

    private static String compile(List<Path> files, Path classes) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter said = new StringWriter();
        try (StandardJavaFileManager manager =
                compiler.getStandardFileManager(null, null, StandardCharsets.UTF_8)) {
            boolean done =
                    compiler.getTask(
                                    said,
                                    manager,
                                    null,
                                    List.of(
                                            "-cp",
                                            jars(),
                                            "-d",
                                            classes.toString(),
                                            "-proc:none",
                                            "--release",
                                            "17"),
                                    null,
                                    manager.getJavaFileObjectsFromPaths(files))
                            .call();
            return done ? "" : said + "javac failed";
        }
    }

    /** Runs a class; returns how it ended and what it printed. */
    private String run(Path work, Path classes, String... command) throws Exception {
        String path = classes + File.pathSeparator + jars();
        List<String> line = new ArrayList<>();
        line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        line.add("-cp");
        line.add(
                command.length == 1
                        ? path
                        : path
                                + File.pathSeparator
                                + Path.of("target", "test-classes").toAbsolutePath());
        line.addAll(List.of(command));
        Path out = temp.resolve("out.txt");
        Path err = temp.resolve("err.txt");
        Process process =
                new ProcessBuilder(line)
                        .directory(work.toFile())
                        .redirectOutput(out.toFile())
                        .redirectError(err.toFile())
                        .start();
        try {
            if (!process.waitFor(PROGRAM_SECONDS, TimeUnit.SECONDS)) {
                return "does not end: " + Files.readString(out) + Files.readString(err);
            }
            String said = Files.readString(out);
            return "exit "
                    + process.exitValue()
                    + "\n"
                    + said
                    + (process.exitValue() == 0 ? "" : Files.readString(err));
        } finally {
            process.destroyForcibly();
        }
    }
}
