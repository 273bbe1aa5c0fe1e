package io.github.jdbcpglite.jdbc.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import org.junit.jupiter.api.Test;

/** The URL of pgjdbc with this driver's socket factory, for who goes by the prefix. */
class PostgresqlUrlTest {
    private static final String URL =
            "jdbc:postgresql://pglite/postgres"
                    + "?socketFactory=io.github.jdbcpglite.jdbc.PGliteSocketFactory"
                    + "&pglite.target=memory:by-pgjdbc";

    @Test
    void comesToTheSameClusterAsTheOwnUrl() throws SQLException {
        try (Connection ours = DriverManager.getConnection("jdbc:pglite:memory:by-pgjdbc");
                Connection theirs = DriverManager.getConnection(URL, "postgres", "");
                Statement here = ours.createStatement();
                Statement there = theirs.createStatement()) {
            here.execute("CREATE TABLE shared AS SELECT 7 AS n");
            try (ResultSet rows = there.executeQuery("SELECT n, current_user FROM shared")) {
                rows.next();
                assertThat(rows.getInt(1)).isEqualTo(7);
                assertThat(rows.getString(2)).isEqualTo("postgres");
            }
            assertThat(theirs.getMetaData().getURL()).startsWith("jdbc:postgresql:");
        }
    }

    @Test
    void cancelsAndTakesPropertiesOfTheCluster() throws SQLException {
        Properties info = new Properties();
        info.setProperty("user", "postgres");
        info.setProperty("pglite.postgres.work_mem", "3MB");
        String url = URL.replace("by-pgjdbc", "with-settings");
        try (Connection connection = DriverManager.getConnection(url, info);
                Statement statement = connection.createStatement()) {
            try (ResultSet rows = statement.executeQuery("SHOW work_mem")) {
                rows.next();
                assertThat(rows.getString(1)).isEqualTo("3MB");
            }
            statement.setQueryTimeout(1);
            SQLException cancelled =
                    catchThrowableOfType(
                            SQLException.class, () -> statement.execute("SELECT pg_sleep(600)"));
            assertThat(cancelled.getSQLState()).isEqualTo("57014");
        }
    }

    @Test
    void theUrlOfTheMetadataConnectsAgain() throws SQLException {
        String url = "jdbc:pglite:memory:by-metadata?pglite.metadataUrl=postgresql";
        try (Connection first = DriverManager.getConnection(url);
                Connection second =
                        DriverManager.getConnection(first.getMetaData().getURL(), "postgres", "")) {
            assertThat(second.isValid(30)).isTrue();
        }
    }

    @Test
    void saysWhatIsMissing() {
        SQLException e =
                catchThrowableOfType(
                        SQLException.class,
                        () ->
                                DriverManager.getConnection(
                                        URL.replaceAll("&pglite.target.*", ""), "postgres", ""));
        Throwable cause = e;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        assertThat(cause).hasMessageContaining("pglite.target is missing");
    }
}
