package io.github.jdbcpglite.spring;

import java.util.List;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.annotation.MergedAnnotations;
import org.springframework.core.annotation.MergedAnnotations.SearchStrategy;
import org.springframework.test.context.ContextCustomizer;
import org.springframework.test.context.MergedContextConfiguration;

/** Has Spring Boot's tests find PGlite where they look for an embedded database. All are equal. */
record EmbeddedDatabaseCustomizer() implements ContextCustomizer {
    /** Spring Boot's annotation, where 3 and where 4 has it; on {@code @DataJpaTest} and others. */
    private static final List<String> ANNOTATIONS =
            List.of(
                    "org.springframework.boot.test.autoconfigure.jdbc.AutoConfigureTestDatabase",
                    "org.springframework.boot.jdbc.test.autoconfigure.AutoConfigureTestDatabase");

    /** Returns whether a test may have its data source replaced by an embedded database. */
    static boolean isWanted(Class<?> testClass) {
        Class<?> current = testClass;
        while (current != null) {
            MergedAnnotations present =
                    MergedAnnotations.from(current, SearchStrategy.TYPE_HIERARCHY);
            if (ANNOTATIONS.stream().anyMatch(present::isPresent)) {
                return true;
            }
            current = current.getEnclosingClass();
        }
        return false;
    }

    @Override
    public void customizeContext(
            ConfigurableApplicationContext context, MergedContextConfiguration configuration) {
        if (context.getBeanFactory() instanceof BeanDefinitionRegistry registry) {
            registry.registerBeanDefinition(
                    "pgliteEmbeddedDatabase",
                    new RootBeanDefinition(
                            EmbeddedDatabaseReplacement.class,
                            () -> new EmbeddedDatabaseReplacement(context)));
        }
    }
}
