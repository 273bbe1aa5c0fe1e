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
import org.junit.jupiter.api.Timeout;

@Timeout(value = 120, unit = TimeUnit.SECONDS)
class PGliteTemplateTest {
    private static final AtomicInteger FILLED = new AtomicInteger();
    private static final List<Connection> LEFT_OPEN = new ArrayList<>();
    private static final PGliteTemplate TEMPLATE =
            PGliteTemplate.filledBy(
                    dataSource -> {
                        FILLED.incrementAndGet();
                        execute(dataSource, "CREATE TABLE item (name text)");
                        execute(dataSource, "INSERT INTO item VALUES ('first')");
                        // As a pool does that nobody closes.
                        LEFT_OPEN.add(dataSource.getConnection());
                    });

    @Test
    void fillsOnceAndCopiesOften() throws SQLException {
        try (PGliteTestDatabase one = TEMPLATE.create();
                PGliteTestDatabase two = TEMPLATE.create()) {
            execute(one.getDataSource(), "INSERT INTO item VALUES ('second')");

            assertThat(count(one)).isEqualTo(2);
            assertThat(count(two)).isEqualTo(1);
        }
        assertThat(FILLED).hasValue(1);
    }

    @Test
    void resetsEvenWhileConnected() throws SQLException {
        try (PGliteTestDatabase database = TEMPLATE.create();
                Connection connection = database.getDataSource().getConnection()) {
            execute(database.getDataSource(), "DROP TABLE item");
            database.reset();
            assertThat(count(database)).isEqualTo(1);
            assertThat(connection.isValid(10)).isFalse();
        }
    }

    @Test
    void savesAndRestores() throws SQLException {
        try (PGliteTestDatabase database = TEMPLATE.create()) {
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
        PGliteTestDatabase database = TEMPLATE.create();
        database.save();
        int before = databases("saved_%") + databases("test_%");
        database.close();
        database.close();
        assertThat(databases("saved_%") + databases("test_%")).isEqualTo(before - 2);
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
                        });
        for (int i = 0; i < 2; i++) {
            SQLException failure = catchThrowableOfType(SQLException.class, broken::create);
            assertThat(failure.getMessage()).contains("no migrations");
            assertThat(failure.getCause()).isInstanceOf(IOException.class);
        }
        assertThat(calls).hasValue(1);
    }

    private static int databases(String pattern) throws SQLException {
        try (PGliteTestDatabase other = PGliteTemplate.empty().create()) {
            return (int)
                            number(
                                    other.getDataSource(),
                                    "SELECT count(*) FROM pg_database WHERE datname LIKE '"
                                            + pattern
                                            + "'")
                    - (pattern.startsWith("test") ? 1 : 0);
        }
    }

    private static long count(PGliteTestDatabase database) throws SQLException {
        return number(database.getDataSource(), "SELECT count(*) FROM item");
    }

    private static void execute(DataSource dataSource, String sql) throws SQLException {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static long number(DataSource dataSource, String query) throws SQLException {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            rows.next();
            return rows.getLong(1);
        }
    }
}
