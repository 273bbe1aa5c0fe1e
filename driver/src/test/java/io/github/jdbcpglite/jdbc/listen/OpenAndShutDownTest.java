package io.github.jdbcpglite.jdbc.listen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.jdbcpglite.jdbc.PGlite;
import io.github.jdbcpglite.jdbc.PGliteClusterInfo;
import io.github.jdbcpglite.jdbc.PGliteClusters;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OpenAndShutDownTest {
    private static final String NAME = "memory:open-and-shut-down";
    private static final String URL = "jdbc:pglite:" + NAME;

    @Test
    void aClusterIsOpenWithoutAConnectionUntilItIsShutDown() throws SQLException {
        assertThat(PGlite.shutDown(URL)).isFalse();
        PGlite.open(URL);
        PGlite.open(URL);
        assertThat(PGliteClusters.open())
                .filteredOn(cluster -> cluster.getName().equals(NAME))
                .singleElement()
                .extracting(PGliteClusterInfo::getConnections)
                .isEqualTo(0);
        assertThat(PGlite.shutDown(URL)).isTrue();
        assertThat(PGliteClusters.open()).noneMatch(open -> open.getName().equals(NAME));
    }

    @Test
    void shuttingDownEndsConnectionsAndForgetsWhatWasInMemory() throws SQLException {
        try (Connection connection = DriverManager.getConnection(URL)) {
            execute(connection, "CREATE TABLE item (id int)");
            assertThat(PGlite.shutDown(URL)).isTrue();
            assertThat(connection.isValid(10)).isFalse();
        }
        try (Connection next = DriverManager.getConnection(URL)) {
            execute(next, "CREATE TABLE item (id int)");
        }
        assertThat(PGlite.shutDown(URL)).isTrue();
    }

    @Test
    void shuttingDownKeepsWhatIsInADirectory(@TempDir Path temp) throws SQLException {
        String url = "jdbc:pglite:file:" + temp.resolve("db");
        try (Connection connection = DriverManager.getConnection(url)) {
            execute(connection, "CREATE TABLE item (id int)");
            execute(connection, "INSERT INTO item VALUES (1)");
            assertThat(PGlite.shutDown(url)).isTrue();
        }
        try (Connection next = DriverManager.getConnection(url);
                Statement statement = next.createStatement();
                ResultSet rows = statement.executeQuery("SELECT id FROM item")) {
            assertThat(rows.next()).isTrue();
        }
    }

    @Test
    void aUrlOfAnotherDriverIsRefused() {
        assertThatExceptionOfType(SQLException.class)
                .isThrownBy(() -> PGlite.shutDown("jdbc:postgresql:app"));
        assertThatExceptionOfType(SQLException.class)
                .isThrownBy(() -> PGlite.open("jdbc:postgresql:app"));
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
