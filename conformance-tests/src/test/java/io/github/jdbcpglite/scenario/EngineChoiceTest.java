package io.github.jdbcpglite.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.jdbcpglite.jdbc.PGliteClusterInfo;
import io.github.jdbcpglite.jdbc.PGliteClusters;
import io.github.jdbcpglite.jdbc.PGliteVersion;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What runs a cluster's code is what was asked for, or it does not start. */
class EngineChoiceTest {
    private static final String NATIVE = "native";

    private static Connection open(String name, String engine) throws SQLException {
        return DriverManager.getConnection(
                "jdbc:pglite:memory:" + name + "?pglite.close=last&pglite.engine=" + engine);
    }

    private static String engineOf(String name) {
        return PGliteClusters.open().stream()
                .filter(each -> each.getName().equals("memory:" + name))
                .map(PGliteClusterInfo::getEngine)
                .findFirst()
                .orElseThrow();
    }

    private static boolean hasNativeCode() throws SQLException {
        return PGliteVersion.usualEngine().equals(NATIVE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"bytecode", NATIVE})
    void aClusterRunsAsItWasAsked(String engine) throws SQLException {
        assumeTrue(engine.equals("bytecode") || hasNativeCode(), "run with -Pnative");
        String name = "asked_" + engine;
        try (Connection connection = open(name, engine);
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("select 40 + 2")) {
            assertThat(engineOf(name)).isEqualTo(engine);
            assertThat(result.next()).isTrue();
            assertThat(result.getInt(1)).isEqualTo(42);
        }
    }

    @Test
    void withoutNativeCodeTheErrorNamesTheJarAndAutoGoesOn() throws SQLException {
        assumeFalse(hasNativeCode(), "native code is there");
        assertThatThrownBy(() -> open("missing", NATIVE))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("pglite.engine=native")
                .hasMessageContaining("add io.github.jdbcpglite:jdbc-pglite-native-")
                .extracting(e -> ((SQLException) e).getSQLState())
                .isEqualTo("08001");
        try (Connection connection = open("auto", "auto")) {
            assertThat(connection.isValid(1)).isTrue();
            assertThat(engineOf("auto")).isEqualTo("bytecode");
        }
    }

    @Test
    void anotherEngineIsRefusedByName() {
        assertThatThrownBy(() -> open("odd", "turbo"))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("pglite.engine")
                .hasMessageContaining("turbo");
    }

    @Test
    void twoEnginesRunSideBySide() throws SQLException {
        assumeTrue(hasNativeCode(), "run with -Pnative");
        try (Connection one = open("side_native", NATIVE);
                Connection other = open("side_bytecode", "bytecode");
                Statement first = one.createStatement();
                Statement second = other.createStatement()) {
            for (Statement statement : new Statement[] {first, second}) {
                statement.execute("create table t as select generate_series(1, 1000) as i");
                try (ResultSet sum = statement.executeQuery("select sum(i) from t")) {
                    assertThat(sum.next()).isTrue();
                    assertThat(sum.getInt(1)).isEqualTo(500_500);
                }
            }
        }
    }
}
