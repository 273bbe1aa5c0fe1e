package io.github.jdbcpglite.jdbc.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jdbcpglite.jdbc.PGlite;
import io.github.jdbcpglite.jdbc.PGliteDataSource;
import io.github.jdbcpglite.jdbc.PGliteServer;
import io.github.jdbcpglite.jdbc.PGliteSocketFactory;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.UUID;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code pglite.create}: what the URL names is there. */
@Timeout(value = 120, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class CreateTest {
    private static final String WHO = "SELECT current_user || ' in ' || current_database()";

    private static String memory(String database, String parameters) {
        return "jdbc:pglite:memory:create-"
                + UUID.randomUUID()
                + "/"
                + database
                + "?pglite.close=last&"
                + parameters;
    }

    @Test
    void theUserAndTheDatabaseThatTheUrlNamesAreMade() throws SQLException {
        String url = memory("shop", "user=app&password=secret&pglite.create=true");
        try (Connection connection = DriverManager.getConnection(url)) {
            assertThat(Sql.value(connection, WHO)).isEqualTo("app in shop");
            assertThat(
                            Sql.value(
                                    connection,
                                    "SELECT rolsuper AND rolcanlogin AND rolpassword LIKE"
                                            + " 'SCRAM-SHA-256$%' FROM pg_authid WHERE rolname ="
                                            + " 'app'"))
                    .isEqualTo("t");
            assertThat(
                            Sql.value(
                                    connection,
                                    "SELECT pg_get_userbyid(datdba) FROM pg_database WHERE datname"
                                            + " = 'shop'"))
                    .isEqualTo("app");
            try (Connection another = DriverManager.getConnection(url)) {
                assertThat(Sql.value(another, WHO)).isEqualTo("app in shop");
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"'', user=app, 28000", "shop, user=postgres, 3D000"})
    void withoutItPostgresqlRefuses(String database, String parameters, String state) {
        assertThat(
                        Sql.failureOf(
                                        () ->
                                                DriverManager.getConnection(
                                                        memory(database, parameters)))
                                .getSQLState())
                .isEqualTo(state);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a\"; DROP TABLE pg_class; --",
                "it's",
                "E'\\\\'",
                "Überraschung 😀",
                "$$; $1 ? {d}",
                "select"
            })
    void aNameIsANameWhateverIsInIt(String name) throws SQLException {
        PGliteDataSource dataSource = new PGliteDataSource();
        dataSource.setUrl(memory("", "pglite.create=true"));
        dataSource.setUser(name);
        dataSource.setPassword(name);
        dataSource.setDatabaseName(name);
        try (Connection connection = dataSource.getConnection()) {
            assertThat(Sql.value(connection, WHO)).isEqualTo(name + " in " + name);
        }
    }

    @Test
    void whatCannotBeMadeSaysWhy() {
        SQLException refused =
                Sql.failureOf(
                        () ->
                                DriverManager.getConnection(
                                        memory("", "user=pg_app&pglite.create=true")));
        assertThat(refused.getSQLState()).isEqualTo("42939");
        assertThat(refused.getMessage()).contains("pglite.create", "pg_app", "reserved");
        assertThat(
                        Sql.failureOf(
                                        () ->
                                                DriverManager.getConnection(
                                                        memory("", "pglite.create=perhaps")))
                                .getSQLState())
                .isEqualTo("22023");
    }

    @Test
    void whatIsThereStaysAsItIs() throws SQLException {
        String url = memory("", "pglite.create=true");
        try (Connection owner = DriverManager.getConnection(url)) {
            Sql.run(owner, "CREATE ROLE small LOGIN", "CREATE ROLE nobody");
            try (Connection small = DriverManager.getConnection(url + "&user=small")) {
                assertThat(Sql.value(small, "SHOW is_superuser")).isEqualTo("off");
            }
            Sql.run(owner, "CREATE DATABASE gone");
            DriverManager.getConnection(url + "&database=gone").close();
            Sql.run(owner, "DROP DATABASE gone");
            DriverManager.getConnection(url + "&database=gone").close();
            // PostgreSQL's answer has the SQLState of a role that does not exist.
            assertThat(
                            Sql.failureOf(() -> DriverManager.getConnection(url + "&user=nobody"))
                                    .getMessage())
                    .contains("not permitted to log in");
        }
    }

    @Test
    void manyMayAskForTheSameAtOnce() throws Exception {
        int count = 8;
        String url = memory("shared", "user=app&pglite.create=true");
        CyclicBarrier start = new CyclicBarrier(count);
        ExecutorService threads =
                Executors.newFixedThreadPool(count, work -> new Thread(work, "asker"));
        List<Connection> connections = new ArrayList<>();
        try (Connection keeper =
                DriverManager.getConnection(url.replace("/shared", "").replace("user=app&", ""))) {
            List<Future<Connection>> all = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                all.add(
                        threads.submit(
                                () -> {
                                    start.await();
                                    return DriverManager.getConnection(url);
                                }));
            }
            for (Future<Connection> one : all) {
                connections.add(one.get());
            }
            for (Connection connection : connections) {
                assertThat(Sql.value(connection, WHO)).isEqualTo("app in shared");
            }
            assertThat(Sql.value(keeper, "SELECT count(*) FROM pg_database")).isEqualTo("4");
        } finally {
            threads.shutdownNow();
            for (Connection connection : connections) {
                connection.close();
            }
        }
    }

    @Test
    void aTemporaryClusterAndACloneHaveThemToo() throws SQLException {
        try (Connection connection =
                DriverManager.getConnection("jdbc:pglite:temp:/shop?user=app&pglite.create=true")) {
            assertThat(Sql.value(connection, WHO)).isEqualTo("app in shop");
        }
        String template = "create-template";
        String original = memory("", "user=postgres");
        try (Connection connection = DriverManager.getConnection(original)) {
            Sql.run(connection, "CREATE TABLE kept (i int)");
            PGlite.saveTemplate(template, original);
        }
        try (Connection clone =
                DriverManager.getConnection(
                        memory("", "user=app&pglite.create=true&pglite.template=" + template))) {
            assertThat(Sql.value(clone, WHO)).isEqualTo("app in postgres");
            assertThat(Sql.value(clone, "SELECT count(*) FROM kept")).isEqualTo("0");
        } finally {
            PGlite.dropTemplate(template);
        }
    }

    @Test
    void aDirectoryHasThemOnlyIfItIsAskedFor(@TempDir Path temp) throws SQLException {
        String url =
                "jdbc:pglite:file:"
                        + temp.resolve("db")
                        + "?pglite.durability=off&user=app&database=shop";
        assertThat(Sql.failureOf(() -> DriverManager.getConnection(url)).getSQLState())
                .isEqualTo("28000");
        try (Connection connection = DriverManager.getConnection(url + "&pglite.create=true")) {
            assertThat(Sql.value(connection, WHO)).isEqualTo("app in shop");
        }
        try (Connection connection = DriverManager.getConnection(url)) {
            assertThat(Sql.value(connection, WHO)).isEqualTo("app in shop");
        }
    }

    @Test
    void clientsFromOutsideLogInAsTheUserWithItsPassword() throws SQLException {
        String url = memory("shop", "user=app&password=secret&pglite.create=true");
        try (PGliteServer server = PGliteServer.start(url, new Properties());
                Connection connection =
                        DriverManager.getConnection(
                                server.getJdbcUrl("shop").orElseThrow(), "app", "secret")) {
            assertThat(Sql.value(connection, WHO)).isEqualTo("app in shop");
        }
        try (Connection connection = DriverManager.getConnection(url + "&pglite.listen=0")) {
            assertThat(Sql.value(connection, WHO)).isEqualTo("app in shop");
        }
    }

    @Test
    void theOtherFormOfTheUrlMakesThemToo() throws SQLException {
        String url =
                "jdbc:postgresql://pglite/shop?user=app&pglite.create=true&socketFactory="
                        + PGliteSocketFactory.class.getName()
                        + "&pglite.target=memory:create-factory";
        try (Connection connection = DriverManager.getConnection(url)) {
            assertThat(Sql.value(connection, WHO)).isEqualTo("app in shop");
        } finally {
            PGlite.shutDown("jdbc:pglite:memory:create-factory");
        }
    }

    @Test
    void aPasswordComesIntoNoLog() throws SQLException {
        String url =
                memory(
                        "",
                        "user=app&password=topsecret&pglite.create=true"
                                + "&pglite.postgres.log_statement=all");
        try (Connection connection = DriverManager.getConnection(url)) {
            assertThat(
                            Sql.value(
                                    connection,
                                    "SELECT rolpassword LIKE '%topsecret%' FROM pg_authid WHERE"
                                            + " rolname = 'app'"))
                    .isEqualTo("f");
        }
    }
}
