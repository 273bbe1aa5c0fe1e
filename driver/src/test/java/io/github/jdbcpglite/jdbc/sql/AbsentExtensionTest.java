package io.github.jdbcpglite.jdbc.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.postgresql.util.PSQLException;
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
