package io.github.jdbcpglite.spring;

import java.util.Map;
import org.springframework.beans.factory.support.BeanDefinitionBuilder;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.context.EnvironmentAware;
import org.springframework.context.annotation.ImportBeanDefinitionRegistrar;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.Environment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.type.AnnotationMetadata;

/** Registers what {@link EnablePGlite} asks for. */
final class PGliteConnectionRegistrar implements ImportBeanDefinitionRegistrar, EnvironmentAware {
    private static final String BEAN = "pgliteConnectionDetails";

    private Environment environment;

    PGliteConnectionRegistrar(Environment environment) {
        this.environment = environment;
    }

    @Override
    public void setEnvironment(Environment environment) {
        this.environment = environment;
    }

    @Override
    public void registerBeanDefinitions(
            AnnotationMetadata importing, BeanDefinitionRegistry registry) {
        Map<String, Object> attributes =
                importing.getAnnotationAttributes(EnablePGlite.class.getName());
        if (attributes == null || registry.containsBeanDefinition(BEAN)) {
            return;
        }
        String url = environment.resolveRequiredPlaceholders(String.valueOf(attributes.get("url")));
        if (environment instanceof ConfigurableEnvironment configurable) {
            // So that what follows from the URL follows from this one.
            configurable
                    .getPropertySources()
                    .addFirst(
                            new MapPropertySource(
                                    "pgliteUrl",
                                    Map.of(
                                            PGliteDefaults.URL,
                                            url,
                                            "spring.test.database.replace",
                                            "none")));
            PGliteDefaults.addTo(configurable);
        }
        registry.registerBeanDefinition(
                BEAN,
                BeanDefinitionBuilder.genericBeanDefinition(PGliteConnectionDetails.class)
                        .addConstructorArgValue(url)
                        .getBeanDefinition());
    }
}
