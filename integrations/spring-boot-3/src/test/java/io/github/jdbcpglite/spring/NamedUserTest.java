package io.github.jdbcpglite.spring;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Path;
import java.sql.SQLException;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The user and the database that production has, in a database in memory. */
class NamedUserTest {
    private static ConfigurableApplicationContext start(String url) {
        return new SpringApplication(TestApplication.class)
                .run(
                        "--spring.datasource.url=" + url,
                        "--spring.datasource.username=app",
                        "--spring.datasource.password=secret",
                        "--spring.datasource.hikari.data-source-properties.ApplicationName=shop",
                        "--spring.datasource.hikari.initialization-fail-timeout=1");
    }

    @Test
    void theyAreMadeAndOtherPropertiesOfThePoolStay() {
        try (ConfigurableApplicationContext context =
                start("jdbc:pglite:memory:named-user/shop?pglite.close=last")) {
            JdbcClient client = context.getBean(JdbcClient.class);
            assertThat(
                            client.sql(
                                            "SELECT current_user || ' in ' || current_database()"
                                                    + " || ' of ' ||"
                                                    + " current_setting('application_name')")
                                    .query(String.class)
                                    .single())
                    .isEqualTo("app in shop of shop");
            assertThat(client.sql("SELECT name FROM item").query(String.class).single())
                    .isEqualTo("of schema.sql");
        }
    }

    @Test
    void aDirectoryGetsNone(@TempDir Path temp) {
        String url = "jdbc:pglite:file:" + temp.resolve("db") + "?pglite.durability=off";
        try (ConfigurableApplicationContext context = start(url)) {
            SQLException refused =
                    Assertions.catchThrowableOfType(
                            SQLException.class,
                            () -> context.getBean(HikariDataSource.class).getConnection());
            assertThat(refused.getMessage()).contains("role \"app\" does not exist");
        }
    }
}
