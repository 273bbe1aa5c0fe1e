package io.github.jdbcpglite.junit;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jdbcpglite.testing.DatabaseFiller;
import io.github.jdbcpglite.testing.PGliteTestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** The annotation as users write it; the methods run in parallel and would collide in one. */
@PGliteTest(scripts = "items.sql", filler = PGliteTestTest.Filler.class)
@Execution(ExecutionMode.CONCURRENT)
class PGliteTestTest {
    private static final AtomicInteger FILLED = new AtomicInteger();

    static final class Filler implements DatabaseFiller {
        @Override
        public void fill(DataSource dataSource) throws SQLException {
            FILLED.incrementAndGet();
            Rows.execute(dataSource, "INSERT INTO item VALUES (2, 'two')");
        }

        /** It is counted how often it runs, so no other JVM's result will do. */
        @Override
        public Optional<String> contentKey() {
            return Optional.empty();
        }
    }

    @BeforeEach
    void insert(DataSource dataSource) throws SQLException {
        Rows.execute(dataSource, "INSERT INTO item VALUES (3, 'three')");
    }

    @AfterAll
    static void wasFilledOnce() {
        assertThat(FILLED).hasValue(1);
    }

    @RepeatedTest(3)
    void getsDataSourceOfFreshCopy(DataSource dataSource) throws SQLException {
        assertThat(Rows.count(dataSource, "item")).isEqualTo(3);
        Rows.execute(dataSource, "INSERT INTO item VALUES (4, 'four')");
    }

    @Test
    void getsConnectionToTheSameDatabase(Connection connection, PGliteTestDatabase database)
            throws SQLException {
        assertThat(connection.getMetaData().getURL()).isEqualTo(database.getUrl());
        assertThat(Rows.count(database.getDataSource(), "item")).isEqualTo(3);
    }

    @Nested
    class Inside {
        @Test
        void usesTheAnnotationOfTheClassAround(DataSource dataSource) throws SQLException {
            assertThat(Rows.count(dataSource, "item")).isEqualTo(3);
        }
    }
}
