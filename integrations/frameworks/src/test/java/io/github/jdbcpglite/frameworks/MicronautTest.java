package io.github.jdbcpglite.frameworks;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.micronaut.context.ApplicationContext;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

/** Micronaut's pool of Hikari, by configuration alone. */
class MicronautTest {
    @Test
    void opensAPoolByConfiguration() throws SQLException {
        Map<String, Object> configuration =
                Map.of(
                        "datasources.default.url", "jdbc:pglite:memory:micronaut",
                        "datasources.default.driverClassName",
                                "io.github.jdbcpglite.jdbc.PGliteDriver");
        try (ApplicationContext context = ApplicationContext.run(configuration);
                Connection connection = context.getBean(DataSource.class).getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT current_database()")) {
            assertThat(context.getBean(DataSource.class)).isInstanceOf(HikariDataSource.class);
            assertThat(rows.next()).isTrue();
            assertThat(rows.getString(1)).isEqualTo("postgres");
        }
    }
}
