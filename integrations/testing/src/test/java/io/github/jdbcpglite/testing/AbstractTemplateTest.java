package io.github.jdbcpglite.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/** What holds for copies of every kind. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(value = 120, unit = TimeUnit.SECONDS)
abstract class AbstractTemplateTest {
    private final AtomicInteger filled = new AtomicInteger();
    private final List<Connection> leftOpen = new ArrayList<>();
    private final Isolation isolation;
    private final PGliteTemplate template;

    AbstractTemplateTest(Isolation isolation) {
        this.isolation = isolation;
        this.template = PGliteTemplate.filledBy(this::fill).isolating(isolation);
    }

    private void fill(DataSource dataSource) throws SQLException {
        filled.incrementAndGet();
        execute(dataSource, "CREATE TABLE item (name text)");
        execute(dataSource, "INSERT INTO item VALUES ('first')");
        // As a pool does that nobody closes.
        leftOpen.add(dataSource.getConnection());
    }

    PGliteTemplate template() {
        return template;
    }

    /** Returns how many test databases and saved states there are. */
    abstract int kept() throws SQLException;

    @Test
    void fillsOnceAndCopiesOften() throws SQLException {
        try (PGliteTestDatabase one = template.create();
                PGliteTestDatabase two = template.create()) {
            execute(one.getDataSource(), "INSERT INTO item VALUES ('second')");

            assertThat(count(one)).isEqualTo(2);
            assertThat(count(two)).isEqualTo(1);
        }
        assertThat(filled).hasValue(1);
    }

    @Test
    void resetsEvenWhileConnected() throws SQLException {
        try (PGliteTestDatabase database = template.create();
                Connection connection = database.getDataSource().getConnection()) {
            execute(database.getDataSource(), "DROP TABLE item");
            database.reset();
            assertThat(count(database)).isEqualTo(1);
            assertThat(connection.isValid(10)).isFalse();
        }
    }

    @Test
    void savesAndRestores() throws SQLException {
        try (PGliteTestDatabase database = template.create()) {
            SQLException nothing = catchThrowableOfType(SQLException.class, database::restore);
            assertThat(nothing.getMessage()).contains("save()");
            execute(database.getDataSource(), "INSERT INTO item VALUES ('second')");
            database.save();
            for (int i = 0; i < 2; i++) {
                execute(database.getDataSource(), "DELETE FROM item");
                database.restore();
                assertThat(count(database)).isEqualTo(2);
            }
        }
    }

    @Test
    void leavesNothingBehind() throws SQLException {
        PGliteTestDatabase database = template.create();
        database.save();
        int before = kept();
        database.close();
        database.close();
        assertThat(kept()).isLessThan(before);
        int after = kept();
        template.create().close();
        assertThat(kept()).isEqualTo(after);
        assertThat(catchThrowableOfType(SQLException.class, database::reset).getMessage())
                .contains("is closed");
    }

    @Test
    void failsEachTimeAsTheFillerDid() {
        AtomicInteger calls = new AtomicInteger();
        PGliteTemplate broken =
                PGliteTemplate.filledBy(
                                dataSource -> {
                                    calls.incrementAndGet();
                                    throw new IOException("no migrations");
                                })
                        .isolating(isolation);
        for (int i = 0; i < 2; i++) {
            SQLException failure = catchThrowableOfType(SQLException.class, broken::create);
            assertThat(failure.getMessage()).contains("no migrations");
            assertThat(failure.getCause()).isInstanceOf(IOException.class);
        }
        assertThat(calls).hasValue(1);
    }

    private static long count(PGliteTestDatabase database) throws SQLException {
        return number(database.getDataSource(), "SELECT count(*) FROM item");
    }

    static void execute(DataSource dataSource, String sql) throws SQLException {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    static long number(DataSource dataSource, String query) throws SQLException {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            rows.next();
            return rows.getLong(1);
        }
    }
}
