package io.github.jdbcpglite.frameworks;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jdbcpglite.frameworks.SavingPool.Habit;
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
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** SIGTERM ends an application with a plain pool, then the database, and nobody complains. */
@Timeout(value = 240, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class HikariExitTest {
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
    @CsvSource({
        "SAVES_AND_CLOSES, ''",
        "SAVES_AND_CLOSES, ?pglite.close=jvm",
        "SAVES, ''",
        "NOTHING, ?pglite.exitWait=3600"
    })
    void nothingIsLostAndNothingIsSaid(Habit habit, String properties) throws Exception {
        boolean saves = habit != Habit.NOTHING;
        assertThat(output(habit, properties))
                .isEqualTo(saves ? List.of("ready", "saved") : List.of("ready"));
        assertThat(state()).isEqualTo(SHUT_DOWN);
        assertThat(saved())
                .isEqualTo(saves ? List.of("at the start", "at the end") : List.of("at the start"));
    }

    /** Returns all lines of an application that is told to end when it is ready. */
    private List<String> output(Habit habit, String properties)
            throws IOException, InterruptedException {
        Process process =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-XX:TieredStopAtLevel=1",
                                "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn",
                                "-cp",
                                System.getProperty("java.class.path"),
                                SavingPool.class.getName(),
                                url() + properties,
                                habit.name())
                        .redirectErrorStream(true)
                        .start();
        application = process;
        List<String> lines = new ArrayList<>();
        try (BufferedReader reader =
                new BufferedReader(
                        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            String line = reader.readLine();
            while (line != null) {
                lines.add(line);
                if (line.equals("ready")) {
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
                ResultSet rows = statement.executeQuery("SELECT what FROM saved")) {
            while (rows.next()) {
                saved.add(rows.getString(1));
            }
        }
        return saved;
    }
}
