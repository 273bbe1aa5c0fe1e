package io.github.jdbcpglite.quarkus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.agroal.api.AgroalDataSource;
import io.github.jdbcpglite.jdbc.PGliteClusterInfo;
import io.github.jdbcpglite.jdbc.PGliteClusters;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.postgresql.PGConnection;

/** The properties of docs/FRAMEWORKS.md, and nothing else, make an application of Quarkus run. */
@QuarkusTest
@Timeout(value = 240, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class QuarkusApplicationTest {
    @Inject AgroalDataSource dataSource;
    @Inject Library library;

    @Test
    void agroalConnects() throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            assertThat(connection.getMetaData().getURL()).isEqualTo("jdbc:pglite:memory:app");
            assertThat(connection.getMetaData().getDatabaseMajorVersion()).isEqualTo(18);
            assertThat(connection.unwrap(PGConnection.class).getBackendPID()).isPositive();
        }
        assertThat(PGliteClusters.open())
                .extracting(PGliteClusterInfo::getName)
                .contains("memory:app");
    }

    @Test
    void hibernateMakesItsTablesAndTransactionsAreTransactions() {
        library.add(List.of("The Art of PostgreSQL", "Database Internals"), false);
        assertThatIllegalStateException().isThrownBy(() -> library.add(List.of("None"), true));
        assertThat(library.titles()).containsExactly("Database Internals", "The Art of PostgreSQL");
    }
}
