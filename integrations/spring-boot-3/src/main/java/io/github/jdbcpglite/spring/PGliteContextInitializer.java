package io.github.jdbcpglite.spring;

import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;

/**
 * Has databases close with the application context, after its data sources. Also in test slices,
 * which choose among auto-configurations.
 */
final class PGliteContextInitializer
        implements ApplicationContextInitializer<ConfigurableApplicationContext> {
    private static final String RESTARTING =
            "org.springframework.boot.devtools.restart.classloader.RestartClassLoader";

    PGliteContextInitializer() {}

    @Override
    public void initialize(ConfigurableApplicationContext context) {
        // What DevTools closes it starts again, and finds what was in memory.
        if (!isOfDevTools(context.getClassLoader())
                && context instanceof GenericApplicationContext generic) {
            ContextScope.addTo(generic.getDefaultListableBeanFactory());
        }
    }

    /** Goes by the name of the class: DevTools is no part of most applications. */
    private static boolean isOfDevTools(@Nullable ClassLoader loader) {
        ClassLoader current = loader;
        while (current != null && !current.getClass().getName().equals(RESTARTING)) {
            current = current.getParent();
        }
        return current != null;
    }
}
