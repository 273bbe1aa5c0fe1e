package io.github.jdbcpglite.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** The jar as it is shipped, in a process of its own. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
@EnabledIfSystemProperty(named = "cli.jar", matches = ".+", disabledReason = "before packaging")
class RunnableJarIT {
    private static ProcessBuilder java(String... args) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-jar");
        command.add(System.getProperty("cli.jar"));
        command.addAll(List.of(args));
        return new ProcessBuilder(command);
    }

    @Test
    void runsSql() throws Exception {
        Process process =
                java("sql", "memory:", "--format=tsv", "-c", "SELECT 6 * 7")
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        try {
            String output = new String(process.getInputStream().readAllBytes(), UTF_8);
            assertThat(output.strip()).isEqualTo("42");
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isZero();
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    void servesUntilItIsTerminated() throws Exception {
        ProcessBuilder builder = java("serve", "memory:", "--listen", "0");
        builder.environment().put("PGPASSWORD", "secret");
        Process process = builder.redirectError(ProcessBuilder.Redirect.INHERIT).start();
        try {
            BufferedReader output =
                    new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8));
            String url = output.readLine();
            assertThat(url).startsWith("jdbc:postgresql://127.0.0.1:");
            try (Connection connection = DriverManager.getConnection(url, "postgres", "secret")) {
                assertThat(connection.isValid(30)).isTrue();
            }
            process.destroy();
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            // 128 + SIGTERM is what a JVM answers that ended in order after that signal.
            assertThat(process.exitValue()).isEqualTo(143);
        } finally {
            process.destroyForcibly();
        }
    }

    /** A start of {@code serve} without a password of the user's. */
    private record Served(Process process, BufferedReader err, String url, String messages)
            implements AutoCloseable {
        static Served start(String... args) throws Exception {
            ProcessBuilder builder = java(args);
            builder.environment().remove("PGPASSWORD");
            Process process = builder.start();
            BufferedReader out =
                    new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8));
            BufferedReader err =
                    new BufferedReader(new InputStreamReader(process.getErrorStream(), UTF_8));
            String url = out.readLine();
            StringBuilder messages = new StringBuilder();
            String line = url == null ? err.readLine() : "";
            while (line != null
                    && !line.startsWith("Password")
                    && !line.startsWith("No password")) {
                messages.append(line).append('\n');
                line = err.readLine();
            }
            return new Served(process, err, String.valueOf(url), messages.append(line).toString());
        }

        /** Ends it as a service manager does; returns what it said since it was ready. */
        String stop() throws Exception {
            // Unlike the process's own method it leaves what was written to be read.
            process.toHandle().destroy();
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            return err.lines().collect(Collectors.joining("\n"));
        }

        @Override
        public void close() {
            process.destroyForcibly();
        }
    }

    private static String password(Path file) throws Exception {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        String line = Files.readAllLines(file).get(1);
        return line.substring(line.lastIndexOf(':') + 1);
    }

    @Test
    void directoryCanBeLoggedInToAfterTheSecondStart(@TempDir Path directory) throws Exception {
        Path file = directory.resolve("data.pgpass");
        String target = "file:" + directory.resolve("data");
        for (int start = 1; start <= 2; start++) {
            try (Served served = Served.start("serve", target, "--listen", "0")) {
                String password = password(file);
                try (Connection connection =
                        DriverManager.getConnection(served.url(), "postgres", password)) {
                    assertThat(connection.isValid(30)).isTrue();
                    if (start == 2) {
                        connection.createStatement().execute("ALTER ROLE postgres PASSWORD 'own'");
                    }
                }
                assertThat(served.messages())
                        .contains("psql: PGPASSFILE=" + file + " psql -h 127.0.0.1 -p ")
                        .contains("JDBC: " + served.url() + "?user=postgres")
                        .contains("Password: in " + file);
                assertThat(served.messages() + served.stop())
                        .doesNotContain(password, "INFO", "io.github.jdbcpglite");
            }
        }
        // A password that the user has set is neither replaced nor pretended to be known.
        try (Served served = Served.start("serve", target, "--listen", "0", "--user", "postgres")) {
            assertThat(served.messages()).contains("has a password that is not kept here");
            DriverManager.getConnection(served.url(), "postgres", "own").close();
        }
    }

    @Test
    void passwordOfMemoryLiesInFileThatGoesWithTheServer() throws Exception {
        try (Served served = Served.start("serve", "memory:", "--listen", "0")) {
            Matcher found =
                    Pattern.compile("Password: in (\\S+), which").matcher(served.messages());
            assertThat(found.find()).isTrue();
            Path file = Path.of(found.group(1));
            String password = password(file);
            DriverManager.getConnection(served.url(), "postgres", password).close();
            served.stop();
            assertThat(file.getParent()).doesNotExist();
        }
    }

    @Test
    void unixSocketNeedsNoPassword(@TempDir Path directory) throws Exception {
        try (Served served = Served.start("serve", "memory:", "--listen", directory + "/")) {
            assertThat(served.messages())
                    .contains("psql: psql -h " + directory + " -p 5432 -U postgres postgres")
                    .contains("No password");
            assertThat(
                            PosixFilePermissions.toString(
                                    Files.getPosixFilePermissions(
                                            directory.resolve(".s.PGSQL.5432"))))
                    .isEqualTo("rw-------");
        }
    }

    @Test
    void passwordsComeIntoNoLog() throws Exception {
        Process process =
                java("exec", "memory:", "--", "sh", "-c", "echo $PGPASSWORD")
                        .redirectErrorStream(true)
                        .start();
        try {
            String output = new String(process.getInputStream().readAllBytes(), UTF_8);
            assertThat(output.lines()).hasSize(1);
        } finally {
            process.destroyForcibly();
        }
    }
}
