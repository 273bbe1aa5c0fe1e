package io.github.jdbcpglite.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jdbcpglite.spring.AutoConfigurePGlite.None;
import io.github.jdbcpglite.spring.AutoConfigurePGlite.RefreshMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Contexts with {@code @AutoConfigurePGlite} and the same migrations. */
class MigrationsOnceTest {
    private static final String WHICH_CLUSTER =
            "SELECT system_identifier::text FROM pg_control_system()";

    private static ConfigurableApplicationContext start(String... properties) {
        SpringApplication application = new SpringApplication(TestApplication.class);
        application.addInitializers(
                context ->
                        new PGliteContextCustomizer(List.of(), None.class, RefreshMode.NEVER)
                                .customize(context));
        List<String> all = new ArrayList<>(List.of(properties));
        all.add("spring.sql.init.mode=never");
        all.add("spring.datasource.url=jdbc:postgresql://nowhere.invalid/production");
        return application.run(all.stream().map(p -> "--" + p).toArray(String[]::new));
    }

    private static String value(ConfigurableApplicationContext context, String sql) {
        return context.getBean(JdbcClient.class).sql(sql).query(String.class).single();
    }

    @Test
    void flywayRunsOnceForOneSetOfScripts(@TempDir Path temp) throws Exception {
        Path script = temp.resolve("V1__thing.sql");
        Files.writeString(script, "CREATE TABLE migrated AS SELECT 'first' AS name");
        String[] flyway = {
            "spring.flyway.enabled=true", "spring.flyway.locations=filesystem:" + temp
        };
        String when = "SELECT installed_on::text FROM flyway_schema_history";
        String first;
        String cluster;
        try (ConfigurableApplicationContext context = start(flyway)) {
            first = value(context, when);
            cluster = value(context, WHICH_CLUSTER);
            context.getBean(JdbcClient.class).sql("DELETE FROM migrated").update();
        }
        try (ConfigurableApplicationContext context = start(flyway)) {
            assertThat(value(context, when)).isEqualTo(first);
            assertThat(value(context, WHICH_CLUSTER)).isNotEqualTo(cluster);
            assertThat(value(context, "SELECT name FROM migrated")).isEqualTo("first");
        }
        Files.writeString(script, "CREATE TABLE migrated AS SELECT 'second' AS name");
        try (ConfigurableApplicationContext context = start(flyway)) {
            assertThat(value(context, "SELECT name FROM migrated")).isEqualTo("second");
            assertThat(value(context, when)).isNotEqualTo(first);
        }
    }

    /** Flyway with a URL of its own would go to production. */
    @Test
    void aUrlOfFlywaysOwnIsNotUsed(@TempDir Path temp) throws Exception {
        Files.writeString(temp.resolve("V1__own.sql"), "CREATE TABLE own (i int)");
        try (ConfigurableApplicationContext context =
                start(
                        "spring.flyway.enabled=true",
                        "spring.flyway.locations=filesystem:" + temp,
                        "spring.flyway.url=jdbc:postgresql://nowhere.invalid/production",
                        "spring.flyway.user=owner")) {
            assertThat(value(context, "SELECT count(*)::text FROM own")).isEqualTo("0");
        }
    }

    @Test
    void liquibaseRunsOnceToo() {
        String[] liquibase = {
            "spring.liquibase.enabled=true",
            "spring.liquibase.change-log=classpath:/liquibase/changes.sql"
        };
        String when = "SELECT dateexecuted::text FROM databasechangelog";
        String first;
        try (ConfigurableApplicationContext context = start(liquibase)) {
            first = value(context, when);
        }
        try (ConfigurableApplicationContext context = start(liquibase)) {
            assertThat(value(context, when)).isEqualTo(first);
            assertThat(value(context, "SELECT name FROM changed")).isEqualTo("of Liquibase");
        }
    }
}
