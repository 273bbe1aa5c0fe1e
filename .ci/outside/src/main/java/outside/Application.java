package outside;

import io.github.jdbcpglite.jdbc.PGliteDataSource;
import io.github.jdbcpglite.jdbc.PGliteVersion;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;

/** Uses the driver's own API, an extension and the starter. */
@SpringBootApplication
public class Application {
    /** Prints what PostgreSQL answers. */
    public static void main(String[] args) throws SQLException {
        System.out.println("outside: version " + PGliteVersion.ofDriver());
        PGliteDataSource source = new PGliteDataSource();
        source.setUrl("jdbc:pglite:memory:outside");
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT 6 * 7")) {
            row.next();
            System.out.println("outside: driver " + row.getInt(1));
        }
        try (ConfigurableApplicationContext context =
                new SpringApplicationBuilder(Application.class)
                        .web(WebApplicationType.NONE)
                        .properties("spring.datasource.url=jdbc:pglite:memory:starter")
                        .run()) {
            JdbcTemplate jdbc = context.getBean(JdbcTemplate.class);
            jdbc.execute("CREATE EXTENSION vector");
            System.out.println(
                    "outside: extension "
                            + jdbc.queryForObject("SELECT '[1,2]'::vector + '[3,4]'", String.class));
        }
    }
}
