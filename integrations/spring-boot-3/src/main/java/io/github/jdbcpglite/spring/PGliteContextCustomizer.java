package io.github.jdbcpglite.spring;

import io.github.jdbcpglite.jdbc.PGliteDriver;
import io.github.jdbcpglite.testing.DatabaseFiller;
import io.github.jdbcpglite.testing.PGliteTemplate;
import io.github.jdbcpglite.testing.PGliteTestDatabase;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.beans.BeanUtils;
import org.springframework.beans.factory.support.DefaultSingletonBeanRegistry;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.MapPropertySource;
import org.springframework.test.context.ContextCustomizer;
import org.springframework.test.context.MergedContextConfiguration;

/**
 * Gives an application context a database that is dropped with it. Equal ones mean equal contexts
 * to Spring's cache.
 *
 * @param scripts that fill the template
 * @param filler that fills it after them
 */
record PGliteContextCustomizer(List<String> scripts, Class<? extends DatabaseFiller> filler)
        implements ContextCustomizer {
    /** As long as the JVM, like the databases they have filled. */
    private static final Map<PGliteContextCustomizer, PGliteTemplate> TEMPLATES =
            new ConcurrentHashMap<>();

    @Override
    public void customizeContext(
            ConfigurableApplicationContext context, MergedContextConfiguration configuration) {
        PGliteTestDatabase database;
        try {
            database = TEMPLATES.computeIfAbsent(this, PGliteContextCustomizer::template).create();
        } catch (SQLException e) {
            throw new IllegalStateException(e.getMessage(), e);
        }
        Map<String, Object> properties =
                Map.of(
                        PGliteDefaults.URL,
                        database.getUrl(),
                        "spring.datasource.username",
                        "postgres",
                        "spring.datasource.password",
                        "",
                        "spring.datasource.driver-class-name",
                        PGliteDriver.class.getName(),
                        "spring.test.database.replace",
                        "none");
        context.getEnvironment()
                .getPropertySources()
                .addFirst(new MapPropertySource("pgliteTestDatabase", properties));
        PGliteDefaults.addTo(context.getEnvironment());
        if (context.getBeanFactory() instanceof DefaultSingletonBeanRegistry beans) {
            // The first one registered is the last one destroyed, after the connection pool.
            beans.registerSingleton("pgliteTestDatabase", database);
            beans.registerDisposableBean("pgliteTestDatabase", database::close);
        }
    }

    private PGliteTemplate template() {
        DatabaseFiller last = BeanUtils.instantiateClass(filler);
        ClassLoader loader = filler.getClassLoader();
        return PGliteTemplate.filledByScripts(loader, scripts).andBy(last);
    }
}
