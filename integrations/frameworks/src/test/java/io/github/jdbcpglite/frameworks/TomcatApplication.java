package io.github.jdbcpglite.frameworks;

import io.github.jdbcpglite.jdbc.PGliteDriver;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** A web application with the driver in its own class loader. */
public final class TomcatApplication implements ServletContextListener {
    /** Whether the application takes its driver out of {@code DriverManager}. */
    static final String TIDY = "tidy";

    static final String ANSWER = "answer";

    /** Makes the listener, as Tomcat does. */
    public TomcatApplication() {}

    @Override
    public void contextInitialized(ServletContextEvent event) {
        try {
            PGliteDriver.register();
            try (Connection connection = DriverManager.getConnection("jdbc:pglite:memory:tomcat");
                    Statement statement = connection.createStatement();
                    ResultSet rows = statement.executeQuery("select 'from ' || current_user")) {
                rows.next();
                event.getServletContext().setAttribute(ANSWER, rows.getString(1));
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e.getMessage(), e);
        }
    }

    @Override
    public void contextDestroyed(ServletContextEvent event) {
        try {
            if (Boolean.parseBoolean(event.getServletContext().getInitParameter(TIDY))) {
                PGliteDriver.deregister();
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e.getMessage(), e);
        }
    }
}
