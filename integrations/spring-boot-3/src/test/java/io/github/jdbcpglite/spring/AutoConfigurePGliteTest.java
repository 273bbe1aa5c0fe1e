package io.github.jdbcpglite.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jdbcpglite.testing.DatabaseFiller;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.TestPropertySource;

/** The application's own URL is of a server that does not exist. */
@SpringBootTest(classes = TestApplication.class)
@AutoConfigurePGlite(scripts = "things.sql", filler = AutoConfigurePGliteTest.Filler.class)
@TestPropertySource(
        properties = {
            "spring.datasource.url=jdbc:postgresql://nowhere.invalid/application",
            "spring.datasource.username=application",
            "spring.sql.init.mode=never"
        })
class AutoConfigurePGliteTest {
    private static final AtomicInteger FILLED = new AtomicInteger();

    static final class Filler implements DatabaseFiller {
        @Override
        public void fill(DataSource dataSource) throws SQLException {
            FILLED.incrementAndGet();
            try (Connection connection = dataSource.getConnection();
                    Statement statement = connection.createStatement()) {
                statement.execute("INSERT INTO thing VALUES ('of the filler')");
            }
        }

        /** It is counted how often it runs, so no other JVM's result will do. */
        @Override
        public Optional<String> contentKey() {
            return Optional.empty();
        }
    }

    @Autowired private JdbcClient client;

    @AfterAll
    static void filledOnce() {
        assertThat(FILLED).hasValue(1);
    }

    @Test
    @DirtiesContext
    void getsCopyOfTheTemplate() {
        assertThat(count()).isEqualTo(2);
        client.sql("DELETE FROM thing").update();
    }

    @Test
    @DirtiesContext
    void getsAnotherOneWithTheNextContext() {
        assertThat(count()).isEqualTo(2);
        client.sql("DELETE FROM thing").update();
    }

    @Nested
    class Inside {
        @Test
        @DirtiesContext
        void usesTheAnnotationOfTheClassAround() {
            assertThat(count()).isEqualTo(2);
        }
    }

    private long count() {
        return client.sql("SELECT count(*) FROM thing").query(Long.class).single();
    }
}
