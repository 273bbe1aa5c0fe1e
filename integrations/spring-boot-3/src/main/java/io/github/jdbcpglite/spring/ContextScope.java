package io.github.jdbcpglite.spring;

import io.github.jdbcpglite.jdbc.PGliteScope;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.config.InstantiationAwareBeanPostProcessor;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;

/** The scope of the clusters that the data sources of a context connect to. Thread-safe. */
final class ContextScope implements InstantiationAwareBeanPostProcessor, DisposableBean {
    static final String BEAN = "pgliteScope";

    private @Nullable PGliteScope scope;

    private ContextScope() {}

    /** Adds a scope to a bean factory in which there is no bean yet. */
    static void addTo(DefaultListableBeanFactory factory) {
        ContextScope scope = new ContextScope();
        factory.addBeanPostProcessor(scope);
        // The first one registered is the last one destroyed, after the data sources.
        factory.registerDisposableBean(BEAN, scope);
    }

    /** Begins before the first data source is made: some connect at once. */
    @Override
    public @Nullable Object postProcessBeforeInstantiation(Class<?> type, String name) {
        if (DataSource.class.isAssignableFrom(type)) {
            begin();
        }
        return null;
    }

    @Override
    public Object postProcessAfterInitialization(Object bean, String name) {
        if (bean instanceof DataSource dataSource) {
            DataSourceUrls.of(dataSource).ifPresent(this::add);
        }
        return bean;
    }

    private synchronized @Nullable PGliteScope begin() {
        try {
            if (scope == null) {
                scope = PGliteScope.begin();
            }
        } catch (SQLException e) {
            return null; // a connection will fail for the same reason, and be asked why
        }
        return scope;
    }

    private void add(String url) {
        PGliteScope present = begin();
        try {
            if (present != null) {
                present.add(url);
            }
        } catch (SQLException e) {
            return; // as does a connection, which is the one to say so
        }
    }

    @Override
    public synchronized void destroy() {
        if (scope != null) {
            scope.close();
        }
    }
}
