package io.github.jdbcpglite.spring;

import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.HikariPoolMXBean;
import io.github.jdbcpglite.jdbc.PGliteDriver;
import io.github.jdbcpglite.testing.PGliteTemplate;
import io.github.jdbcpglite.testing.PGliteTestDatabase;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import javax.sql.DataSource;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.DefaultSingletonBeanRegistry;
import org.springframework.context.ApplicationContext;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.util.ClassUtils;

/** The test database of an application context: its properties, its bean, its pool. Stateless. */
final class ContextDatabase {
    static final String BEAN = "pgliteTestDatabase";

    private static final String USER = "postgres";

    private ContextDatabase() {}

    /**
     * Makes a database that is dropped with a context, and points the context's properties at it.
     */
    static PGliteTestDatabase create(
            PGliteTemplate template,
            ApplicationContext context,
            ConfigurableListableBeanFactory factory) {
        PGliteTestDatabase database;
        try {
            database = template.create();
        } catch (SQLException e) {
            throw new IllegalStateException(e.getMessage(), e);
        }
        if (context.getEnvironment() instanceof ConfigurableEnvironment environment) {
            pointAt(database.getUrl(), environment);
        }
        if (factory instanceof DefaultSingletonBeanRegistry beans) {
            // The first one registered is the last one destroyed, after the connection pool.
            beans.registerSingleton(BEAN, database);
            beans.registerDisposableBean(BEAN, database::close);
        }
        return database;
    }

    private static void pointAt(String url, ConfigurableEnvironment environment) {
        Map<String, Object> properties = new HashMap<>();
        properties.put(PGliteDefaults.URL, url);
        properties.put("spring.datasource.username", USER);
        properties.put("spring.datasource.password", "");
        properties.put("spring.datasource.driver-class-name", PGliteDriver.class.getName());
        properties.put("spring.test.database.replace", "none");
        // A pool that keeps no connection ahead of need has none left when the database changes.
        properties.put("spring.datasource.hikari.minimum-idle", "0");
        for (String tool : new String[] {"spring.flyway.", "spring.liquibase."}) {
            // Migrations with a URL of their own would go to that one.
            if (environment.containsProperty(tool + "url")
                    || environment.containsProperty(tool + "user")) {
                properties.put(tool + "url", url);
                properties.put(tool + "user", USER);
                properties.put(tool + "password", "");
                properties.put(tool + "driver-class-name", PGliteDriver.class.getName());
            }
        }
        environment
                .getPropertySources()
                .addFirst(new MapPropertySource("pgliteTestDatabase", properties));
        PGliteDefaults.addTo(environment);
    }

    /**
     * Has the pool of a context give up its connections, before PostgreSQL ends them: HikariCP does
     * not look at one that it has used within half a second. Other pools have to look themselves.
     */
    static void emptyPools(ConfigurableListableBeanFactory factory) throws SQLException {
        if (!ClassUtils.isPresent(
                "com.zaxxer.hikari.HikariDataSource", ContextDatabase.class.getClassLoader())) {
            return;
        }
        for (String name : factory.getBeanNamesForType(DataSource.class, false, false)) {
            if (factory.getSingleton(name) instanceof DataSource dataSource) {
                Hikari.empty(dataSource);
            }
        }
    }

    /** In a class of its own, which is loaded only where HikariCP is. */
    private static final class Hikari {
        static void empty(DataSource dataSource) throws SQLException {
            if (dataSource.isWrapperFor(HikariDataSource.class)) {
                HikariPoolMXBean pool =
                        dataSource.unwrap(HikariDataSource.class).getHikariPoolMXBean();
                if (pool != null) { // or it has not made a connection yet
                    pool.softEvictConnections();
                }
            }
        }
    }
}
