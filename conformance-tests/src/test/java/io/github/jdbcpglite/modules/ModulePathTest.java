package io.github.jdbcpglite.modules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.github.jdbcpglite.jdbc.PGliteVersion;
import java.io.File;
import java.io.IOException;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.lang.module.ModuleReference;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * An application with a module descriptor of its own, compiled and run with the jars as modules.
 */
@Timeout(value = 240, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ModulePathTest {
    private static final Path SOURCES = Path.of("src", "test", "modules", "app");
    private static final String OURS = "io.github.jdbcpglite.";
    private static final int WARNS_OF_NATIVE_ACCESS = 24;

    /** Jars that the application does not need and that are no modules. */
    private static final List<String> NEEDED =
            List.of(
                    "jdbc-pglite",
                    "postgresql-",
                    "runtime-",
                    "wasm-",
                    "log-",
                    "jspecify-",
                    "junit-",
                    "opentest4j-",
                    "apiguardian-");

    @TempDir Path temp;

    @Test
    void anApplicationThatIsAModule() throws Exception {
        String modulePath = join(jars());
        Path classes = temp.resolve("app");
        compile(modulePath, classes);

        assertThat(run(modulePath + File.pathSeparator + classes))
                .containsExactly(
                        "module io.github.jdbcpglite.jdbc",
                        "module io.github.jdbcpglite.junit",
                        PGliteVersion.usualEngine(),
                        "a row",
                        "[4,6]",
                        "true",
                        "a test's row");
    }

    @Test
    void noTwoJarsShareAPackage() throws IOException {
        Map<String, String> owners = new HashMap<>();
        for (ModuleDescriptor module : ours()) {
            for (String name : module.packages()) {
                assertThat(owners.putIfAbsent(name, module.name())).as(name).isNull();
            }
        }
        assertThat(owners).isNotEmpty();
    }

    @Test
    void everyJarOfOursOnThisPathHasADescriptor() throws IOException {
        assertThat(ours())
                .extracting(ModuleDescriptor::name)
                .contains(OURS + "postgres", OURS + "image", OURS + "jdbc", OURS + "jdbc.dump")
                .contains(OURS + "extensions.pgvector", OURS + "testing", OURS + "junit");
        assertThat(ours()).noneMatch(ModuleDescriptor::isAutomatic);
    }

    private static List<ModuleDescriptor> ours() throws IOException {
        return ModuleFinder.of(jars().toArray(new Path[0])).findAll().stream()
                .map(ModuleReference::descriptor)
                .filter(module -> module.name().startsWith(OURS))
                .toList();
    }

    private static List<Path> jars() {
        List<Path> jars =
                Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                        .map(Path::of)
                        .filter(path -> NEEDED.stream().anyMatch(fileName(path)::startsWith))
                        .toList();
        // Before the phase package there are folders of classes in their place.
        assumeThat(jars).as("jars of this build").anyMatch(ModulePathTest::isTheDriver);
        return jars;
    }

    private static boolean isTheDriver(Path path) {
        return fileName(path).matches("jdbc-pglite-[0-9].*\\.jar");
    }

    private static String fileName(Path path) {
        return String.valueOf(path.getFileName());
    }

    private static String join(List<Path> paths) {
        return String.join(
                File.pathSeparator, new TreeSet<>(paths.stream().map(Path::toString).toList()));
    }

    private static void compile(String modulePath, Path classes) throws IOException {
        List<String> arguments = new ArrayList<>(List.of("--module-path", modulePath));
        arguments.addAll(List.of("-d", classes.toString()));
        try (Stream<Path> walk = Files.walk(SOURCES)) {
            walk.map(Path::toString).filter(name -> name.endsWith(".java")).forEach(arguments::add);
        }
        int result =
                ToolProvider.getSystemJavaCompiler()
                        .run(null, null, null, arguments.toArray(new String[0]));
        assertThat(result).as("javac " + arguments).isZero();
    }

    private List<String> run(String modulePath) throws IOException, InterruptedException {
        Path output = temp.resolve("output");
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        if (Runtime.version().feature() >= WARNS_OF_NATIVE_ACCESS) {
            command.add("--enable-native-access=" + OURS + "postgres");
        }
        command.addAll(
                List.of(
                        "-XX:TieredStopAtLevel=1",
                        "--module-path",
                        modulePath,
                        "--module",
                        "app/app.Main"));
        Process process =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(output.toFile())
                        .start();
        try {
            assertThat(process.waitFor(2, TimeUnit.MINUTES)).as("it ends").isTrue();
        } finally {
            process.destroyForcibly();
        }
        return Files.readAllLines(output, StandardCharsets.UTF_8);
    }
}
