package io.github.jdbcpglite.jdbc.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.postgresql.util.PSQLException;
import org.postgresql.util.PSQLWarning;
import org.postgresql.util.ServerErrorMessage;

/** Extensions whose jars are not on the class path, as in this module. */
@Timeout(value = 120, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class AbsentExtensionTest {
    @ParameterizedTest
    @CsvSource({
        "hstore, jdbc-pglite-contrib",
        "uuid-ossp, jdbc-pglite-contrib",
        "vector, jdbc-pglite-pgvector",
        "pg_textsearch, jdbc-pglite-pg-textsearch"
    })
    void theErrorIsPostgresAndTheHintNamesTheJar(String extension, String artifact)
            throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:pglite:memory:absent");
                Statement statement = connection.createStatement()) {
            PSQLException e =
                    catchThrowableOfType(
                            PSQLException.class,
                            () -> statement.execute("create extension \"" + extension + "\""));
            ServerErrorMessage message = e.getServerErrorMessage();
            assertThat(message).isNotNull();
            assertThat(message.getMessage())
                    .isEqualTo("extension \"" + extension + "\" is not available");
            assertThat(message.getSQLState()).isEqualTo("0A000");
            assertThat(message.getHint())
                    .isEqualTo("Add io.github.jdbcpglite:" + artifact + " to the class path.");
        }
    }

    @Test
    void aLanguageWithoutItsDataIsWarnedOfAndTheHintNamesTheJar() throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:pglite:memory:absent");
                Statement statement = connection.createStatement()) {
            statement.execute("create collation swedish (provider = icu, locale = 'sv')");
            ServerErrorMessage message =
                    ((PSQLWarning) statement.getWarnings()).getServerErrorMessage();
            assertThat(message.getMessage())
                    .isEqualTo("ICU locale \"sv\" has unknown language \"sv\"");
            assertThat(message.getHint())
                    .isEqualTo("Add io.github.jdbcpglite:jdbc-pglite-icu to the class path.");
        }
    }

    @Test
    void attributesOfLocalesAndWordsNeedNoJar() throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:pglite:memory:absent-icu");
                Statement statement = connection.createStatement()) {
            statement.execute(
                    "create collation nocase (provider = icu, locale = 'und-u-ks-level2',"
                            + " deterministic = false)");
            assertThat((Object) statement.getWarnings()).isNull();
            try (ResultSet row =
                    statement.executeQuery(
                            "select 'A' = 'a' collate nocase, 'a' = 'á' collate nocase,"
                                    + " initcap('one o''neil' collate \"und-x-icu\")")) {
                assertThat(row.next()).isTrue();
                assertThat(row.getBoolean(1)).isTrue();
                assertThat(row.getBoolean(2)).isFalse();
                assertThat(row.getString(3)).isEqualTo("One O'neil");
            }
        }
    }

    @Test
    void aPreloadedLibraryThatIsAbsentFailsTheStartAndNamesTheJar() {
        SQLException e =
                catchThrowableOfType(
                        SQLException.class,
                        () ->
                                DriverManager.getConnection(
                                        "jdbc:pglite:temp:?pglite.postgres"
                                                + ".shared_preload_libraries=pg_stat_statements"));
        assertThat(e.getMessage())
                .contains("shared_preload_libraries names pg_stat_statements")
                .contains("jdbc-pglite-contrib");
    }
}
