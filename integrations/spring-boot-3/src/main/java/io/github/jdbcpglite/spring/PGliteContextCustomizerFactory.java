package io.github.jdbcpglite.spring;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.test.context.ContextConfigurationAttributes;
import org.springframework.test.context.ContextCustomizer;
import org.springframework.test.context.ContextCustomizerFactory;

/**
 * Finds {@link AutoConfigurePGlite}, or a test that wants an embedded database, for Spring's test
 * framework.
 */
final class PGliteContextCustomizerFactory implements ContextCustomizerFactory {
    PGliteContextCustomizerFactory() {}

    @Override
    public @Nullable ContextCustomizer createContextCustomizer(
            Class<?> testClass, List<ContextConfigurationAttributes> configuration) {
        AutoConfigurePGlite found = annotation(testClass);
        if (found != null) {
            return new PGliteContextCustomizer(
                    List.of(found.scripts()), found.filler(), found.refresh());
        }
        return EmbeddedDatabaseCustomizer.isWanted(testClass)
                ? new EmbeddedDatabaseCustomizer()
                : null;
    }

    /** Returns the annotation of a class, or of one around it, or {@code null}. */
    static @Nullable AutoConfigurePGlite annotation(Class<?> testClass) {
        Class<?> current = testClass;
        while (current != null) {
            AutoConfigurePGlite found =
                    AnnotatedElementUtils.findMergedAnnotation(current, AutoConfigurePGlite.class);
            if (found != null) {
                return found;
            }
            current = current.getEnclosingClass();
        }
        return null;
    }
}
