package io.github.jdbcpglite.liquibase;

import static io.github.jdbcpglite.testing.TestSql.execute;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.jdbcpglite.testing.PGliteTemplate;
import io.github.jdbcpglite.testing.PGliteTestDatabase;
import io.github.jdbcpglite.testing.TestSql;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import liquibase.Scope;
import liquibase.command.CommandScope;
import liquibase.database.Database;
import liquibase.database.DatabaseFactory;
import liquibase.resource.ClassLoaderResourceAccessor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 120, unit = TimeUnit.SECONDS)
class LiquibaseTest {
    private final PGliteTestDatabase target;
    private final String url;

    LiquibaseTest() throws SQLException {
        target = PGliteTemplate.empty().create();
        url = target.getUrl();
    }

    @AfterEach
    void dropDatabase() throws SQLException {
        target.close();
    }

    @Test
    void runsWithTheVersionThisExecutionIsFor() {
        assertThat(Scope.class.getProtectionDomain().getCodeSource().getLocation().getPath())
                .contains("liquibase-core-" + System.getProperty("liquibase.major") + ".");
    }

    @Test
    void opensUrlWithPostgresqlDatabase() throws Exception {
        try (Database database =
                DatabaseFactory.getInstance()
                        .openDatabase(url, null, null, null, new ClassLoaderResourceAccessor())) {
            assertThat(database.getShortName()).isEqualTo("postgresql");
            assertThat(database.getDefaultSchemaName()).isEqualTo("public");
        }
    }

    @Test
    void runsXmlYamlAndSql() throws Exception {
        command("update").execute();

        assertThat(strings("SELECT id FROM databasechangelog ORDER BY orderexecuted"))
                .containsExactly("1", "2", "3", "4");
        assertThat(strings("SELECT greeting(name) FROM person")).containsExactly("Hello, demo");
        assertThat(strings("SELECT locked::text FROM databasechangeloglock"))
                .containsExactly("false");
    }

    @Test
    void leavesOutOtherContexts() throws Exception {
        command("update").addArgumentValue("contexts", "production").execute();

        assertThat(strings("SELECT id FROM databasechangelog ORDER BY orderexecuted"))
                .containsExactly("1", "2", "4");
        assertThat(strings("SELECT name FROM person")).isEmpty();
    }

    @Test
    void rollsBack() throws Exception {
        command("update").addArgumentValue("contexts", "production").execute();

        command("rollbackCount").addArgumentValue("count", 2).execute();

        assertThat(strings("SELECT id FROM databasechangelog")).containsExactly("1");
        assertThat(strings("SELECT proname FROM pg_proc WHERE proname = 'greeting'")).isEmpty();
        assertThat(strings("SELECT indexname FROM pg_indexes WHERE tablename = 'person'"))
                .containsExactly("person_pkey");
    }

    /** The other starter is a session of our own, so that it is seen to wait. */
    @Test
    void aStarterWaitsForTheLockOfAnother() throws Exception {
        command("updateCount").addArgumentValue("count", 1).execute();
        execute(
                target.getDataSource(),
                "UPDATE databasechangeloglock SET locked = true, lockedby = 'another',"
                        + " lockgranted = now() WHERE id = 1");
        FutureTask<Object> starter =
                new FutureTask<>(
                        () ->
                                Scope.child(
                                        Map.of("liquibase.changelogLockPollRate", 1L),
                                        () -> command("update").execute()));
        new Thread(starter, "liquibase-starter").start();
        String sawTheLock =
                "SELECT 1 FROM pg_stat_activity WHERE pid <> pg_backend_pid()"
                        + " AND query ILIKE '%databasechangeloglock%'";
        while (strings(sawTheLock).isEmpty() && !starter.isDone()) {
            strings("SELECT pg_sleep(0.01)");
        }
        assertThat(starter.isDone()).isFalse();
        assertThat(strings("SELECT id FROM databasechangelog")).containsExactly("1");
        execute(
                target.getDataSource(),
                "UPDATE databasechangeloglock SET locked = false WHERE id = 1");
        starter.get(90, TimeUnit.SECONDS);
        assertThat(strings("SELECT id FROM databasechangelog ORDER BY orderexecuted"))
                .containsExactly("1", "2", "3", "4");
    }

    /**
     * Liquibase creates its own tables before it takes the lock, so at the very first start two
     * collide on any server; the tables are here before.
     */
    @Test
    void twoStartersApplyEachChangeOnce() throws Exception {
        command("updateCount").addArgumentValue("count", 1).execute();
        assertThat(TestSql.together(() -> Application.startAlone(url)))
                .containsExactly("updated", "updated");
        assertThat(strings("SELECT id FROM databasechangelog ORDER BY orderexecuted"))
                .containsExactly("1", "2", "3", "4");
        assertThat(strings("SELECT name FROM person")).containsExactly("demo");
        assertThat(strings("SELECT locked::text FROM databasechangeloglock"))
                .containsExactly("false");
    }

    private CommandScope command(String name) throws Exception {
        return new CommandScope(name)
                .addArgumentValue("url", url)
                .addArgumentValue("changelogFile", "changelogs/root.xml");
    }

    private List<String> strings(String query) throws SQLException {
        return TestSql.strings(target.getDataSource(), query);
    }
}
