package io.github.jdbcpglite.spring;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Ends, and its JVM with it, with the context open, and uses the database once more after Spring
 * has closed.
 */
final class EndingApplication {
    static final String CLUSTER = "jdbc:pglite:memory:ending";

    private static final PrintStream OUT =
            new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);

    private EndingApplication() {}

    /** Starts it; the URL is a system property. */
    public static void main(String[] arguments) {
        ConfigurableApplicationContext context =
                new SpringApplication(TestApplication.class).run(arguments);
        context.getBean(JdbcClient.class).sql("CREATE TABLE mark AS SELECT 1 AS i").update();
        SpringApplication.getShutdownHandlers().add(() -> add(context));
    }

    private static void add(ConfigurableApplicationContext context) {
        OUT.println("handler: context " + (context.isActive() ? "open" : "closed"));
        try (Connection connection = DriverManager.getConnection(CLUSTER);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("INSERT INTO mark VALUES (2) RETURNING i")) {
            row.next();
            OUT.println("handler: added " + row.getInt(1));
        } catch (SQLException e) {
            OUT.println("handler: " + e);
        }
    }
}
