package io.github.jdbcpglite.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.github.jdbcpglite.jdbc.PGlite;
import io.github.jdbcpglite.jdbc.PGliteClusterInfo;
import io.github.jdbcpglite.jdbc.PGliteClusters;
import io.github.jdbcpglite.testing.PGliteTemplate;
import io.github.jdbcpglite.testing.PGliteTestDatabase;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.datasource.LazyConnectionDataSourceProxy;

/** An application context closes the databases of its data sources, and nobody else's. */
@Timeout(value = 240, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ContextCloseTest {
    private static final String URL = "jdbc:pglite:memory:context-close";
    private static final String CLUSTER = "memory:context-close";

    private final List<AutoCloseable> others = new ArrayList<>();

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable other : others) {
            other.close();
        }
        PGlite.shutDown(URL);
    }

    @Test
    void aDatabaseInMemoryClosesAfterThePool() {
        ConfigurableApplicationContext context = start(WatchedPool.class, URL);
        query(context);
        WatchedPool pool = context.getBean(WatchedPool.class);
        context.close();
        assertThat(pool.openAfterThePool).as("open clusters, after the pool").contains(CLUSTER);
        assertThat(open()).doesNotContain(CLUSTER);
    }

    @ParameterizedTest
    @ValueSource(strings = {"?pglite.close=jvm", "?pglite.close=3600"})
    void aUrlThatSaysWhenItClosesCounts(String properties) {
        ConfigurableApplicationContext context = start(TestApplication.class, URL + properties);
        query(context);
        context.close();
        assertThat(open()).contains(CLUSTER);
    }

    @Test
    void aPropertyThatSaysSoCounts() {
        ConfigurableApplicationContext context =
                start(
                        TestApplication.class,
                        URL,
                        "--spring.datasource.hikari.data-source-properties.pglite.close=jvm");
        query(context);
        context.close();
        assertThat(open()).contains(CLUSTER);
    }

    @Test
    void aDirectoryIsClosedWhenTheContextIs(@TempDir Path temp) {
        String url = "jdbc:pglite:file:" + temp.resolve("db");
        ConfigurableApplicationContext context = start(TestApplication.class, url);
        query(context);
        assertThat(open()).anyMatch(name -> name.contains(temp.toString()));
        context.close();
        assertThat(open()).noneMatch(name -> name.contains(temp.toString()));
    }

    @Test
    void theLastOfTwoContextsCloses() {
        ConfigurableApplicationContext first = start(TestApplication.class, URL);
        query(first);
        // It has no connection when the first one closes, as a pool that has been idle.
        ConfigurableApplicationContext second =
                start(
                        TestApplication.class,
                        URL,
                        "--spring.sql.init.mode=never",
                        "--spring.datasource.hikari.minimum-idle=0");
        first.close();
        assertThat(open()).contains(CLUSTER);
        assertThat(query(second)).isEqualTo("of schema.sql");
        second.close();
        assertThat(open()).doesNotContain(CLUSTER);
    }

    @Test
    void somebodyElsesConnectionKeepsIt() throws Exception {
        ConfigurableApplicationContext context = start(TestApplication.class, URL);
        query(context);
        try (Connection connection = DriverManager.getConnection(URL)) {
            context.close();
            assertThat(connection.isValid(0)).isTrue();
            assertThat(open()).contains(CLUSTER);
        }
        assertThat(open()).as("after the last connection").doesNotContain(CLUSTER);
    }

    @Test
    void whatWasOpenBeforeStays() throws Exception {
        try (Connection connection = DriverManager.getConnection(URL);
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE of_somebody ()");
        }
        ConfigurableApplicationContext context = start(TestApplication.class, URL);
        query(context);
        context.close();
        try (Connection connection = DriverManager.getConnection(URL);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT * FROM of_somebody")) {
            assertThat(rows.next()).isFalse();
        }
    }

    /** As a test has one by JUnit's extension, and takes it back to a saved state meanwhile. */
    @Test
    void aTestDatabaseThatATestHoldsStays() throws Exception {
        PGliteTestDatabase database = PGliteTemplate.empty().create();
        others.add(database);
        database.save();
        ConfigurableApplicationContext context =
                start(
                        TestApplication.class,
                        database.getUrl(),
                        "--spring.datasource.hikari.minimum-idle=0");
        query(context);
        context.getBean(HikariDataSource.class).getHikariPoolMXBean().softEvictConnections();
        database.restore();
        context.getBean(JdbcClient.class).sql("CREATE TABLE of_the_test ()").update();
        context.close();
        try (Connection connection = database.getDataSource().getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT * FROM of_the_test")) {
            assertThat(rows.next()).isFalse();
        }
    }

    @Test
    void dataSourcesThatTheApplicationMakesAreKnown() {
        ConfigurableApplicationContext context =
                start(OwnDataSources.class, "jdbc:postgresql://nowhere.invalid/");
        for (DataSource dataSource : context.getBeansOfType(DataSource.class).values()) {
            new JdbcTemplate(dataSource).execute("SELECT 1");
        }
        assertThat(open()).containsAll(OwnDataSources.CLUSTERS);
        context.close();
        assertThat(open()).doesNotContainAnyElementsOf(OwnDataSources.CLUSTERS);
    }

    @Test
    void aContextThatDoesNotStartClosesToo() {
        SpringApplication application = new SpringApplication(Failing.class);
        assertThatThrownBy(() -> application.run("--spring.datasource.url=" + URL))
                .hasStackTraceContaining("the database is there");
        assertThat(open()).doesNotContain(CLUSTER);
    }

    private static ConfigurableApplicationContext start(
            Class<?> application, String url, String... more) {
        List<String> arguments = new ArrayList<>(List.of(more));
        arguments.add("--spring.datasource.url=" + url);
        return new SpringApplication(application).run(arguments.toArray(String[]::new));
    }

    private static String query(ConfigurableApplicationContext context) {
        return context.getBean(JdbcClient.class)
                .sql(
                        "SELECT coalesce((SELECT 'of schema.sql' WHERE to_regclass('item') IS NOT"
                                + " NULL), '')")
                .query(String.class)
                .single();
    }

    private static List<String> open() {
        return PGliteClusters.open().stream().map(PGliteClusterInfo::getName).toList();
    }

    /** Its destruction is the last thing that happens to the pool. */
    @Configuration
    @Import(TestApplication.class)
    static class WatchedPool {
        private List<String> openAfterThePool = List.of();

        @Bean
        static HikariDataSource dataSource(Watch watch) {
            HikariConfig config = new HikariConfig();
            config.setJdbcUrl(URL);
            return new HikariDataSource(config);
        }

        @Bean
        Watch watch() {
            return () -> openAfterThePool = open();
        }
    }

    /** The pool depends on it, so it is destroyed after the pool. */
    @FunctionalInterface
    interface Watch extends DisposableBean {
        @Override
        void destroy();
    }

    /** One that connects at once, one behind a proxy of Spring, one without a pool. */
    @Configuration
    static class OwnDataSources {
        static final List<String> CLUSTERS =
                List.of("memory:own-pool", "memory:own-proxy", "memory:own-plain");

        @Bean
        DataSource pool() {
            HikariConfig config = new HikariConfig();
            config.setJdbcUrl("jdbc:pglite:memory:own-pool");
            config.setMinimumIdle(1);
            return new HikariDataSource(config);
        }

        @Bean
        DataSource proxy() {
            return new LazyConnectionDataSourceProxy(
                    new DriverManagerDataSource("jdbc:pglite:memory:own-proxy"));
        }

        @Bean
        DataSource plain() {
            return new DriverManagerDataSource("jdbc:pglite:memory:own-plain");
        }
    }

    @Configuration
    @Import(TestApplication.class)
    static class Failing {
        @Bean
        Object fails(JdbcClient client) {
            client.sql("SELECT 1").query().singleValue();
            throw new IllegalStateException("the database is there");
        }
    }
}
