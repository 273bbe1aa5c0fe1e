package io.github.jdbcpglite.spring;

import io.github.jdbcpglite.testing.PGliteTemplate;
import io.github.jdbcpglite.testing.PGliteTestDatabase;
import java.util.Map;
import javax.sql.DataSource;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.boot.jdbc.EmbeddedDatabaseConnection;
import org.springframework.boot.jdbc.SchemaManagementProvider;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/**
 * Puts a PGlite database where Spring Boot has decided to put an embedded one, and would find none.
 *
 * <p>Whether a test's data source is replaced is for Spring Boot to say ({@code
 * spring.test.database.replace}, test containers, service connections): it has put a definition of
 * its own in the place of the data source's by the time that this runs, and nobody has connected.
 */
final class EmbeddedDatabaseReplacement implements BeanFactoryPostProcessor {
    private static final String BOOT = "TestDatabaseAutoConfiguration";
    private static final String CHOSEN = "spring.test.database.connection";

    /** Empty databases are copies of one, too. */
    private static final PGliteTemplate EMPTY = PGliteTemplate.empty();

    private final ConfigurableApplicationContext context;

    EmbeddedDatabaseReplacement(ConfigurableApplicationContext context) {
        this.context = context;
    }

    @Override
    public void postProcessBeanFactory(ConfigurableListableBeanFactory factory) {
        if (!(factory instanceof BeanDefinitionRegistry registry) || hasOther(factory)) {
            return;
        }
        for (String name : factory.getBeanDefinitionNames()) {
            BeanDefinition definition = factory.getBeanDefinition(name);
            if (isEmbedded(definition)) {
                replace(factory, registry, name, definition.isPrimary());
            }
        }
    }

    /** Returns whether Spring Boot finds H2, HSQLDB or Derby, or was told which to take. */
    private boolean hasOther(ConfigurableListableBeanFactory factory) {
        String chosen = context.getEnvironment().getProperty(CHOSEN, "none");
        return !chosen.equalsIgnoreCase("none")
                || EmbeddedDatabaseConnection.get(factory.getBeanClassLoader())
                        != EmbeddedDatabaseConnection.NONE;
    }

    /** Looks for the factory that replaces a data source, or the method that makes one. */
    private static boolean isEmbedded(BeanDefinition definition) {
        String type = String.valueOf(definition.getBeanClassName());
        String maker = String.valueOf(definition.getFactoryBeanName());
        return type.endsWith(BOOT + "$EmbeddedDataSourceFactoryBean")
                || (maker.endsWith(BOOT) && "dataSource".equals(definition.getFactoryMethodName()));
    }

    private void replace(
            ConfigurableListableBeanFactory factory,
            BeanDefinitionRegistry registry,
            String name,
            boolean primary) {
        PGliteTestDatabase database = ContextDatabase.create(EMPTY, context, factory);
        RootBeanDefinition definition =
                new RootBeanDefinition(DataSource.class, database::getDataSource);
        definition.setPrimary(primary);
        registry.removeBeanDefinition(name);
        registry.registerBeanDefinition(name, definition);
        ConfigurableEnvironment environment = context.getEnvironment();
        if (factory.getBeanNamesForType(SchemaManagementProvider.class, true, false).length == 0) {
            // Spring Boot's own default for an embedded database that nothing migrates.
            environment
                    .getPropertySources()
                    .addLast(
                            new MapPropertySource(
                                    "pgliteEmbeddedDatabase",
                                    Map.of("spring.jpa.hibernate.ddl-auto", "create-drop")));
        }
    }
}
