package io.github.jdbcpglite.flyway;

import static io.github.jdbcpglite.testing.TestSql.execute;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.jdbcpglite.testing.PGliteTemplate;
import io.github.jdbcpglite.testing.PGliteTestDatabase;
import io.github.jdbcpglite.testing.TestSql;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.flywaydb.core.api.output.MigrateResult;
import org.flywaydb.database.postgresql.PostgreSQLConfigurationExtension;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Flyway with its defaults, among them the lock that takes a second connection. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class FlywayTest {
    private final PGliteTestDatabase database;
    private final String url;

    FlywayTest() throws SQLException {
        database = PGliteTemplate.empty().create();
        url = database.getUrl();
    }

    @AfterEach
    void dropDatabase() throws SQLException {
        database.close();
    }

    private FluentConfiguration configure(String... locations) {
        return Flyway.configure()
                .dataSource(url, null, null)
                .placeholders(Map.of("greeted", "world"))
                .locations(locations);
    }

    @Test
    void runsWithTheVersionThisExecutionIsFor() {
        assertThat(Flyway.class.getProtectionDomain().getCodeSource().getLocation().getPath())
                .contains("flyway-core-" + System.getProperty("flyway.major") + ".");
    }

    @Test
    void migratesFromUrlAlone() throws SQLException {
        MigrateResult result = configure("migrations").load().migrate();

        assertThat(result.success).isTrue();
        assertThat(result.migrationsExecuted).isEqualTo(3);
        assertThat(result.databaseType).isEqualTo("PostgreSQL");
        assertThat(strings("SELECT text FROM greetings"))
                .containsExactly("Hello, world; all of you");
    }

    @Test
    void migratesThroughDataSource() throws SQLException {
        configure("migrations").dataSource(database.getDataSource()).load().migrate();

        assertThat(strings("SELECT name FROM person")).containsExactly("world");
    }

    @Test
    void runsRepeatableMigrationAgainWhenItChanges() {
        configure("migrations").load().migrate();

        MigrateResult again = configure("migrations").load().migrate();
        MigrateResult changed =
                configure("migrations").placeholders(Map.of("greeted", "all")).load().migrate();

        assertThat(again.migrationsExecuted).isZero();
        assertThat(changed.migrationsExecuted).isOne();
    }

    @Test
    void baselinesDatabaseThatHasTables() throws SQLException {
        execute(database.getDataSource(), "CREATE TABLE person (id bigint, name text)");

        Flyway flyway = configure("migrations").baselineVersion("1").load();
        assertThatThrownBy(flyway::migrate).hasMessageContaining("schema history");
        flyway.baseline();
        MigrateResult result = flyway.migrate();

        assertThat(result.migrationsExecuted).isEqualTo(2);
        assertThat(strings("SELECT name FROM person")).isEmpty();
    }

    @Test
    void createsIndexConcurrentlyWithSessionLock() throws SQLException {
        configure("migrations").load().migrate();

        FluentConfiguration configuration = configure("migrations", "concurrently");
        configuration
                .getConfigurationExtension(PostgreSQLConfigurationExtension.class)
                .setTransactionalLock(false);
        configuration.load().migrate();

        assertThat(strings("SELECT indexname FROM pg_indexes WHERE tablename = 'person'"))
                .contains("person_name");
    }

    @Test
    void validatesAndTellsWhatDiffers() throws SQLException {
        Flyway flyway = configure("migrations").load();
        flyway.migrate();
        flyway.validate();

        execute(
                database.getDataSource(),
                "UPDATE flyway_schema_history SET checksum = 1 WHERE version = '1'");

        assertThatThrownBy(flyway::validate).hasMessageContaining("checksum mismatch");
    }

    @Test
    void cleansEverythingTheMigrationsMade() throws SQLException {
        Flyway flyway = configure("migrations").cleanDisabled(false).load();
        flyway.migrate();
        execute(
                database.getDataSource(),
                "CREATE TYPE mood AS ENUM ('fine')",
                "CREATE SEQUENCE numbers");

        flyway.clean();

        assertThat(
                        strings(
                                "SELECT relname FROM pg_class"
                                        + " WHERE relnamespace = 'public'::regnamespace"))
                .isEmpty();
        assertThat(strings("SELECT typname FROM pg_type WHERE typname = 'mood'")).isEmpty();
    }

    @Test
    void informsAboutWhatIsAppliedAndPending() {
        configure("migrations").load().migrate();

        MigrationInfo[] all = configure("migrations", "concurrently").load().info().all();

        assertThat(Arrays.stream(all).map(info -> info.getScript() + " " + info.getState()))
                .containsExactlyInAnyOrder(
                        "V1__person.sql SUCCESS",
                        "V2__function.sql SUCCESS",
                        "V3__index.sql PENDING",
                        "R__view.sql SUCCESS");
    }

    @Test
    void twoStartersMigrateOnce() throws Exception {
        List<Integer> executed =
                TestSql.together(() -> configure("migrations").load().migrate().migrationsExecuted);
        assertThat(executed).containsExactlyInAnyOrder(0, 3);
    }

    @Test
    void leavesOtherUrlsToOtherPlugins() {
        PGliteDatabaseType type = new PGliteDatabaseType();
        assertThat(type.handlesJDBCUrl("jdbc:postgresql://localhost/postgres")).isFalse();
        assertThat(type.handlesJDBCUrl(url)).isTrue();
    }

    private List<String> strings(String query) throws SQLException {
        return TestSql.strings(database.getDataSource(), query);
    }
}
