package io.github.jdbcpglite.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

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
}
