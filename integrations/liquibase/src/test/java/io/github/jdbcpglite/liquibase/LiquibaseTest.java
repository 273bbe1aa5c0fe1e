package io.github.jdbcpglite.liquibase;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import liquibase.Scope;
import liquibase.command.CommandScope;
import liquibase.database.Database;
import liquibase.database.DatabaseFactory;
import liquibase.resource.ClassLoaderResourceAccessor;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 120, unit = TimeUnit.SECONDS)
class LiquibaseTest {
    private static final AtomicInteger NUMBER = new AtomicInteger();

    private String url = "";

    @BeforeEach
    void createDatabase() throws SQLException {
        String name = "liquibase" + NUMBER.incrementAndGet();
        execute("jdbc:pglite:", "CREATE DATABASE " + name);
        url = "jdbc:pglite:memory:/" + name;
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

    /** The other starter is a session of our own: Liquibase keeps its state once in a JVM. */
    @Test
    void aStarterWaitsForTheLockOfAnother() throws Exception {
        command("updateCount").addArgumentValue("count", 1).execute();
        execute(
                url,
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
        execute(url, "UPDATE databasechangeloglock SET locked = false WHERE id = 1");
        starter.get(90, TimeUnit.SECONDS);
        assertThat(strings("SELECT id FROM databasechangelog ORDER BY orderexecuted"))
                .containsExactly("1", "2", "3", "4");
    }

    private CommandScope command(String name) throws Exception {
        return new CommandScope(name)
                .addArgumentValue("url", url)
                .addArgumentValue("changelogFile", "changelogs/root.xml");
    }

    private static void execute(String url, String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private List<String> strings(String query) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            List<String> strings = new ArrayList<>();
            while (rows.next()) {
                strings.add(rows.getString(1));
            }
            return strings;
        }
    }
}
