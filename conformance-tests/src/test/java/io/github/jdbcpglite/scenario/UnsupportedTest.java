package io.github.jdbcpglite.scenario;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.DriverManager;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;

/** What docs/LIMITS.md says is refused. */
final class UnsupportedTest {
    @Test
    void aMemoryLimitThatWouldNotBeKeptIsRefused() {
        assertThatThrownBy(
                        () -> DriverManager.getConnection("jdbc:pglite:temp:?pglite.memory=64MB"))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("pglite.memory is not supported yet");
    }
}
