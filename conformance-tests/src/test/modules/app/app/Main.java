package app;

import io.github.jdbcpglite.jdbc.PGliteDataSource;
import io.github.jdbcpglite.jdbc.PGliteVersion;
import io.github.jdbcpglite.junit.PGliteExtension;
import io.github.jdbcpglite.testing.PGliteTemplate;
import io.github.jdbcpglite.testing.PGliteTestDatabase;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.postgresql.PGConnection;

/** Uses the driver, an extension, templates and JUnit's extension; prints a line about each. */
final class Main {
    private Main() {}

    public static void main(String[] arguments) throws SQLException {
        for (Class<?> type : List.of(PGliteDataSource.class, PGliteExtension.class)) {
            System.out.println(type.getModule());
        }
        System.out.println(PGliteVersion.usualEngine());
        PGliteDataSource dataSource = new PGliteDataSource();
        dataSource.setUrl("jdbc:pglite:memory:modules");
        try (Connection connection = dataSource.getConnection()) {
            System.out.println(one(connection, "select 'a row'"));
            try (Statement statement = connection.createStatement()) {
                statement.execute("create extension vector");
            }
            System.out.println(one(connection, "select '[1,2]'::vector + '[3,4]'::vector"));
            System.out.println(connection.unwrap(PGConnection.class).getBackendPID() > 0);
        }
        PGliteTemplate template =
                PGliteTemplate.filledByScripts(Main.class.getClassLoader(), List.of());
        try (PGliteTestDatabase database = template.create();
                Connection connection = DriverManager.getConnection(database.getUrl())) {
            System.out.println(one(connection, "select 'a test''s row'"));
        }
    }

    private static String one(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            return rows.next() ? rows.getString(1) : "nothing";
        }
    }
}
