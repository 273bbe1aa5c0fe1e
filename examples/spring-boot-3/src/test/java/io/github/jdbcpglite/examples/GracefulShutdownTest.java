package io.github.jdbcpglite.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jdbcpglite.examples.saving.SavingApplication;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** SIGTERM ends the application, then its pool, then the database, and nobody complains. */
@Timeout(value = 240, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class GracefulShutdownTest {
    private static final String MYBATIS =
            "org.mybatis.spring.boot.autoconfigure.MybatisAutoConfiguration";

    /** {@code DBState} of the control file for "shut down". */
    private static final int SHUT_DOWN = 1;

    @TempDir Path temp;

    private volatile @Nullable Process application;

    /** Also one that the test did not wait for to the end, because its time was over. */
    @AfterEach
    void kill() {
        Process left = application;
        if (left != null) {
            left.destroyForcibly();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "?pglite.close=jvm", "?pglite.close=5"})
    void whatIsSavedAtTheEndIsSaved(String properties) throws Exception {
        assertThat(output(properties, "ready")).containsExactly("ready", "saved");
        assertThat(state()).isEqualTo(SHUT_DOWN);
        assertThat(saved()).containsExactly("at the start", "at the end");
    }

    /** Spring closes a context that has started; Hikari would wait for a connection for an hour. */
    @Test
    void aStartUnderWayIsFinished() throws Exception {
        List<String> lines =
                output(
                        "",
                        "starting",
                        "-Dslow-start=true",
                        "-Dspring.datasource.hikari.connection-timeout=3600000");
        assertThat(lines).startsWith("starting").contains("saved");
        assertThat(lines).noneMatch(line -> line.contains("WARN"));
        assertThat(state()).isEqualTo(SHUT_DOWN);
        assertThat(saved()).containsExactly("at the start", "at the end");
    }

    /** Returns all lines of an application that is told to end when it says so. */
    private List<String> output(String properties, String moment, String... options)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-XX:TieredStopAtLevel=1");
        command.add("-Dspring.datasource.url=" + url() + properties);
        command.add("-Dspring.main.web-application-type=servlet");
        command.add("-Dserver.port=0");
        command.add("-Dserver.shutdown=graceful");
        // Libraries of the other samples, which warn that this one does not use them.
        command.add("-Dspring.jpa.open-in-view=false");
        command.add("-Dspring.autoconfigure.exclude=" + MYBATIS);
        command.addAll(List.of(options));
        command.addAll(List.of("-cp", System.getProperty("java.class.path")));
        command.add(SavingApplication.class.getName());
        List<String> lines = new ArrayList<>();
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        application = process;
        try (BufferedReader reader =
                new BufferedReader(
                        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            String line = reader.readLine();
            while (line != null) {
                lines.add(line);
                if (line.equals(moment)) {
                    process.toHandle().destroy(); // Process.destroy would close the output
                }
                line = reader.readLine();
            }
            assertThat(process.waitFor(1, TimeUnit.MINUTES)).as("it has ended").isTrue();
        }
        return lines;
    }

    private String url() {
        return "jdbc:pglite:file:" + temp.resolve("db");
    }

    private int state() throws IOException {
        return Files.readAllBytes(temp.resolve("db/global/pg_control"))[16];
    }

    private List<String> saved() throws SQLException {
        List<String> saved = new ArrayList<>();
        try (Connection connection = DriverManager.getConnection(url());
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select what from saved")) {
            while (rows.next()) {
                saved.add(rows.getString(1));
            }
        }
        return saved;
    }
}
