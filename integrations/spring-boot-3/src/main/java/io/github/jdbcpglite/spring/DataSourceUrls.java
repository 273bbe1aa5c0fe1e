package io.github.jdbcpglite.spring;

import java.beans.PropertyDescriptor;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.BeanUtils;
import org.springframework.util.ReflectionUtils;

/**
 * Finds out where a data source connects to, without connecting. Pools have no interface for it,
 * but all have a property. Stateless.
 */
final class DataSourceUrls {
    private static final String PREFIX = "jdbc:pglite:";

    /** HikariCP's, that of most others, and what a wrapper of Spring calls what it wraps. */
    private static final String[] PROPERTIES = {"jdbcUrl", "url", "targetDataSource"};

    private DataSourceUrls() {}

    /** Returns the {@code jdbc:pglite:} URL of a data source, if it has one. */
    static Optional<String> of(DataSource dataSource) {
        if (isProxy(dataSource.getClass())) {
            return Optional.empty(); // asking it might make what it stands for, too early
        }
        for (String property : PROPERTIES) {
            Object value = value(dataSource, property);
            if (value instanceof DataSource wrapped && wrapped != dataSource) {
                return of(wrapped);
            }
            if (value instanceof String url && url.startsWith(PREFIX)) {
                return Optional.of(url);
            }
        }
        return Optional.empty();
    }

    private static boolean isProxy(Class<?> type) {
        return Proxy.isProxyClass(type) || type.getName().contains("$$");
    }

    private static @Nullable Object value(DataSource dataSource, String property) {
        PropertyDescriptor descriptor =
                BeanUtils.getPropertyDescriptor(dataSource.getClass(), property);
        Method getter = descriptor == null ? null : descriptor.getReadMethod();
        return getter != null && getter.canAccess(dataSource)
                ? ReflectionUtils.invokeMethod(getter, dataSource)
                : null;
    }
}
