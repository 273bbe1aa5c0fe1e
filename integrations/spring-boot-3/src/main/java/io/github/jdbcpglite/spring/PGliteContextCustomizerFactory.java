package io.github.jdbcpglite.spring;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.test.context.ContextConfigurationAttributes;
import org.springframework.test.context.ContextCustomizer;
import org.springframework.test.context.ContextCustomizerFactory;

/** Finds {@link AutoConfigurePGlite} for Spring's test framework. */
final class PGliteContextCustomizerFactory implements ContextCustomizerFactory {
    PGliteContextCustomizerFactory() {}

    @Override
    public @Nullable ContextCustomizer createContextCustomizer(
            Class<?> testClass, List<ContextConfigurationAttributes> configuration) {
        Class<?> current = testClass;
        while (current != null) {
            AutoConfigurePGlite found =
                    AnnotatedElementUtils.findMergedAnnotation(current, AutoConfigurePGlite.class);
            if (found != null) {
                return new PGliteContextCustomizer(List.of(found.scripts()), found.filler());
            }
            current = current.getEnclosingClass();
        }
        return null;
    }
}
