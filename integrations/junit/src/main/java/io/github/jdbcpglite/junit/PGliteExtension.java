package io.github.jdbcpglite.junit;

import io.github.jdbcpglite.junit.PGliteTest.Lifecycle;
import io.github.jdbcpglite.testing.PGliteTemplate;
import io.github.jdbcpglite.testing.PGliteTestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.Store;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolutionException;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.platform.commons.support.AnnotationSupport;

/**
 * The extension behind {@link PGliteTest}. It can also be registered with a template of one's own:
 *
 * <pre>{@code
 * @RegisterExtension
 * static final PGliteExtension POSTGRES = PGliteExtension.of(
 *         PGliteTemplate.filledBy(dataSource ->
 *                 Flyway.configure().dataSource(dataSource).load().migrate()));
 * }</pre>
 *
 * <p>Thread-safe.
 */
public final class PGliteExtension implements ParameterResolver {
    private static final Namespace NAMESPACE = Namespace.create(PGliteExtension.class);
    private static final Set<Class<?>> TYPES =
            Set.of(DataSource.class, Connection.class, PGliteTestDatabase.class);

    private final @Nullable PGliteTemplate ownTemplate;
    private final @Nullable Lifecycle ownLifecycle;

    /** Makes the extension as {@link PGliteTest} does. */
    public PGliteExtension() {
        this(null, null);
    }

    private PGliteExtension(@Nullable PGliteTemplate template, @Nullable Lifecycle lifecycle) {
        this.ownTemplate = template;
        this.ownLifecycle = lifecycle;
    }

    /** Returns an extension that gives each test method a copy of a template. */
    public static PGliteExtension of(PGliteTemplate template) {
        return new PGliteExtension(template, Lifecycle.PER_METHOD);
    }

    /** Returns an extension that gives each test class a copy of a template. */
    public static PGliteExtension perClass(PGliteTemplate template) {
        return new PGliteExtension(template, Lifecycle.PER_CLASS);
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return TYPES.contains(parameter.getParameter().getType());
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        PGliteTestDatabase database = database(context);
        Class<?> type = parameter.getParameter().getType();
        if (type == PGliteTestDatabase.class) {
            return database;
        }
        if (type == DataSource.class) {
            return database.getDataSource();
        }
        try {
            Connection connection = database.getDataSource().getConnection();
            store(context).put(connection, new OpenConnection(connection));
            return connection;
        } catch (SQLException e) {
            throw new ParameterResolutionException(e.getMessage(), e);
        }
    }

    private PGliteTestDatabase database(ExtensionContext context) {
        ExtensionContext owner =
                lifecycle(context) == Lifecycle.PER_METHOD ? context : classContext(context);
        return get(
                owner.getStore(NAMESPACE),
                this,
                PGliteTestDatabase.class,
                () -> {
                    try {
                        return template(context).create();
                    } catch (SQLException e) {
                        throw new ParameterResolutionException(e.getMessage(), e);
                    }
                });
    }

    private static ExtensionContext classContext(ExtensionContext context) {
        ExtensionContext current = context;
        while (current.getTestMethod().isPresent()) {
            current = current.getParent().orElseThrow();
        }
        return current;
    }

    private Lifecycle lifecycle(ExtensionContext context) {
        return ownLifecycle == null ? annotation(context).lifecycle() : ownLifecycle;
    }

    private PGliteTemplate template(ExtensionContext context) {
        if (ownTemplate != null) {
            return ownTemplate;
        }
        PGliteTest annotation = annotation(context);
        return PGliteTemplate.shared(
                context.getRequiredTestClass().getClassLoader(),
                List.of(annotation.scripts()),
                annotation.filler(),
                annotation.isolation());
    }

    private static PGliteTest annotation(ExtensionContext context) {
        Optional<Class<?>> current = context.getTestClass();
        while (current.isPresent()) {
            Optional<PGliteTest> found =
                    AnnotationSupport.findAnnotation(current.get(), PGliteTest.class);
            if (found.isPresent()) {
                return found.get();
            }
            current = Optional.ofNullable(current.get().getEnclosingClass());
        }
        throw new ExtensionConfigurationException(
                "PGliteExtension needs @PGliteTest on the class, or to be made by"
                        + " PGliteExtension.of(template) for @RegisterExtension");
    }

    private static Store store(ExtensionContext context) {
        return context.getStore(NAMESPACE);
    }

    private static <T> T get(Store store, Object key, Class<T> type, Supplier<T> maker) {
        Object value = store.getOrComputeIfAbsent(key, ignored -> maker.get());
        return type.cast(value);
    }

    /** Closes a connection with the store it is in. */
    private record OpenConnection(Connection connection) implements AutoCloseable {
        @Override
        public void close() throws SQLException {
            connection.close();
        }
    }
}
