package io.github.jdbcpglite.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import io.github.jdbcpglite.testing.DatabaseFiller;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;

/** Classes that are executed one by one, as Surefire does it in a fork. */
class SeparateExecutionsTest {
    private static final AtomicInteger FILLED = new AtomicInteger();

    @Test
    void theTemplateIsFilledOnceForAll() {
        for (Class<?> one : List.of(First.class, Second.class)) {
            SummaryGeneratingListener summary = new SummaryGeneratingListener();
            LauncherDiscoveryRequest request =
                    LauncherDiscoveryRequestBuilder.request().selectors(selectClass(one)).build();
            LauncherFactory.create().execute(request, summary);
            assertThat(summary.getSummary().getTestsSucceededCount()).isOne();
        }
        assertThat(FILLED).hasValue(1);
    }

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

    @PGliteTest(scripts = "items.sql", filler = Filler.class)
    static class First {
        @Test
        void hasWhatWasFilled(DataSource dataSource) throws SQLException {
            assertThat(Rows.count(dataSource, "item")).isEqualTo(2);
        }
    }

    @PGliteTest(scripts = "items.sql", filler = Filler.class)
    static class Second {
        @Test
        void hasWhatWasFilled(DataSource dataSource) throws SQLException {
            assertThat(Rows.count(dataSource, "item")).isEqualTo(2);
        }
    }
}
