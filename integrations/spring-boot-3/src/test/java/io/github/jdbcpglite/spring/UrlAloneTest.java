package io.github.jdbcpglite.spring;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.jdbc.core.simple.JdbcClient;

class UrlAloneTest {
    private static ConfigurableApplicationContext start(String... properties) {
        return new SpringApplication(TestApplication.class)
                .run(List.of(properties).stream().map(p -> "--" + p).toArray(String[]::new));
    }

    @Test
    void startsWithPoolDriverAndSchema() {
        try (ConfigurableApplicationContext context =
                start("spring.datasource.url=jdbc:pglite:memory:url-alone")) {
            HikariDataSource pool = context.getBean(HikariDataSource.class);
            assertThat(pool.getDriverClassName())
                    .isEqualTo("io.github.jdbcpglite.jdbc.PGliteDriver");
            assertThat(pool.getMinimumIdle()).isEqualTo(2);
            assertThat(pool.getMaximumPoolSize()).isEqualTo(10);
            JdbcClient client = context.getBean(JdbcClient.class);
            assertThat(client.sql("SELECT name FROM item").query(String.class).single())
                    .isEqualTo("of schema.sql");
        }
    }

    @Test
    void leavesWhatTheApplicationSays() {
        try (ConfigurableApplicationContext context =
                start(
                        "spring.datasource.url=jdbc:pglite:memory:told",
                        "spring.datasource.hikari.minimum-idle=1",
                        "spring.sql.init.mode=never")) {
            assertThat(context.getBean(HikariDataSource.class).getMinimumIdle()).isEqualTo(1);
            JdbcClient client = context.getBean(JdbcClient.class);
            assertThat(
                            client.sql("SELECT to_regclass('item') IS NULL")
                                    .query(Boolean.class)
                                    .single())
                    .isTrue();
        }
    }

    /** Otherwise it closes with the context: {@code ContextCloseTest}. */
    @Test
    void memoryDatabaseOutlivesTheContextIfItIsTold() {
        String url = "spring.datasource.url=jdbc:pglite:memory:restart?pglite.close=jvm";
        try (ConfigurableApplicationContext context = start(url)) {
            context.getBean(JdbcClient.class).sql("INSERT INTO item VALUES ('kept')").update();
        }
        try (ConfigurableApplicationContext context = start(url, "spring.sql.init.mode=never")) {
            assertThat(
                            context.getBean(JdbcClient.class)
                                    .sql("SELECT name FROM item ORDER BY name")
                                    .query(String.class)
                                    .list())
                    .containsExactly("kept", "of schema.sql");
        }
    }

    @Test
    void leavesOtherUrlsAlone() {
        StandardEnvironment environment = new StandardEnvironment();
        PGliteDefaults.addTo(environment);
        System.setProperty("spring.datasource.url", "jdbc:postgresql://localhost/postgres");
        try {
            assertThat(environment.getProperty("spring.datasource.driver-class-name")).isNull();
            System.setProperty("spring.datasource.url", "jdbc:pglite:file:data");
            assertThat(environment.getProperty("spring.jooq.sql-dialect")).isEqualTo("POSTGRES");
            assertThat(environment.getProperty("spring.sql.init.mode")).isNull();
        } finally {
            System.clearProperty("spring.datasource.url");
        }
    }
}
