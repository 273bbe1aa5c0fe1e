package io.github.jdbcpglite.spring;

import io.github.jdbcpglite.spring.AutoConfigurePGlite.RefreshMode;
import io.github.jdbcpglite.testing.DatabaseFiller;
import io.github.jdbcpglite.testing.Isolation;
import io.github.jdbcpglite.testing.PGliteTemplate;
import io.github.jdbcpglite.testing.PGliteTestDatabase;
import java.util.List;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.test.context.ContextCustomizer;
import org.springframework.test.context.MergedContextConfiguration;

/**
 * Gives an application context a database that is dropped with it. Equal ones mean equal contexts
 * to Spring's cache.
 *
 * @param scripts that fill the template
 * @param filler that fills it after them
 * @param refresh when the database goes back to its first state
 */
record PGliteContextCustomizer(
        List<String> scripts, Class<? extends DatabaseFiller> filler, RefreshMode refresh)
        implements ContextCustomizer {
    @Override
    public void customizeContext(
            ConfigurableApplicationContext context, MergedContextConfiguration configuration) {
        customize(context);
    }

    void customize(ConfigurableApplicationContext context) {
        PGliteTemplate template =
                PGliteTemplate.shared(filler.getClassLoader(), scripts, filler, Isolation.CLUSTER);
        PGliteTestDatabase database =
                ContextDatabase.create(template, context, context.getBeanFactory());
        context.getBeanFactory()
                .addBeanPostProcessor(
                        new MigrationsOnce(context, database, scripts + " " + filler.getName()));
    }
}
