package io.github.jdbcpglite.spring;

import io.github.jdbcpglite.testing.PGliteSavedState;
import io.github.jdbcpglite.testing.PGliteTestDatabase;
import java.io.IOException;
import java.sql.SQLException;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.springframework.beans.factory.BeanCreationException;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * Has migrations run once in the JVM: before Flyway or Liquibase begins, the database becomes a
 * copy of one in which the same migrations have run, if there is one; afterwards it is kept for
 * others, if there was none. The tool then finds its own table, and checks what it always checks.
 */
final class MigrationsOnce implements BeanPostProcessor {
    /** As long as the JVM, like templates. */
    private static final ConcurrentMap<String, PGliteSavedState> MIGRATED =
            new ConcurrentHashMap<>();

    private final ConfigurableApplicationContext context;
    private final PGliteTestDatabase database;

    /** What has been done to the database so far; used by the thread that starts the context. */
    private String history;

    /**
     * Makes the hook of a context.
     *
     * @param database of the context
     * @param template what it is a copy of
     */
    MigrationsOnce(
            ConfigurableApplicationContext context, PGliteTestDatabase database, String template) {
        this.context = context;
        this.database = database;
        this.history = template;
    }

    @Override
    public Object postProcessBeforeInitialization(Object bean, String name) {
        Optional<String> migrations = migrations(bean, name);
        if (migrations.isPresent()) {
            history = history + "\n" + migrations.get();
            PGliteSavedState migrated = MIGRATED.get(history);
            if (migrated != null) {
                change(name, () -> database.become(migrated));
            }
        }
        return bean;
    }

    @Override
    public Object postProcessAfterInitialization(Object bean, String name) {
        boolean migrated = MigrationScripts.toolOf(bean).isPresent();
        if (migrated && history.contains("\n") && !MIGRATED.containsKey(history)) {
            change(name, () -> MIGRATED.put(history, database.keep()));
        }
        return bean;
    }

    private Optional<String> migrations(Object bean, String name) {
        try {
            return MigrationScripts.of(bean, context);
        } catch (IOException e) {
            throw new BeanCreationException(name, "The migrations cannot be read", e);
        }
    }

    private void change(String bean, Change change) {
        try {
            ContextDatabase.emptyPools(context.getBeanFactory());
            change.run();
        } catch (SQLException e) {
            throw new BeanCreationException(bean, "The test database cannot be copied", e);
        }
    }

    /** Ends the connections of the database. */
    private interface Change {
        void run() throws SQLException;
    }
}
