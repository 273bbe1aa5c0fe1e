package io.github.jdbcpglite.spring;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** When the JVM ends, a database in memory serves to the end, and is written after everybody. */
@Timeout(value = 240, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class EndOfJvmTest {
    @TempDir Path temp;

    @Test
    void theContextDoesNotCloseWhatOthersMayUse() throws Exception {
        String archive = temp.resolve("backup.tar").toString();
        assertThat(output("?pglite.backup=" + archive))
                .containsExactly("handler: context closed", "handler: added 2");
        try (Connection connection =
                        DriverManager.getConnection("jdbc:pglite:temp:?pglite.load=" + archive);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT sum(i) FROM mark")) {
            row.next();
            assertThat(row.getInt(1)).isEqualTo(3);
        }
    }

    /** Returns what is said when the application ends. */
    private static List<String> output(String properties) throws IOException, InterruptedException {
        Process process =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-XX:TieredStopAtLevel=1",
                                // It is on the class path, and its contexts close nothing anyway.
                                "-Dspring.devtools.restart.enabled=false",
                                "-Dspring.datasource.url=" + EndingApplication.CLUSTER + properties,
                                "-cp",
                                System.getProperty("java.class.path"),
                                EndingApplication.class.getName())
                        .redirectErrorStream(true)
                        .start();
        List<String> lines = new ArrayList<>();
        List<String> all = new ArrayList<>();
        try (BufferedReader reader =
                new BufferedReader(
                        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            String line = reader.readLine();
            while (line != null) {
                all.add(line);
                if (line.startsWith("handler: ")) {
                    lines.add(line);
                }
                line = reader.readLine();
            }
            assertThat(process.waitFor(1, TimeUnit.MINUTES)).as("it has ended").isTrue();
            assertThat(process.exitValue()).as(String.join("\n", all)).isZero();
        } finally {
            process.destroyForcibly();
        }
        return lines;
    }
}
