package io.github.jdbcpglite.spring;

import io.github.jdbcpglite.jdbc.PGliteDriver;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.env.PropertyResolver;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.PropertySources;
import org.springframework.core.env.PropertySourcesPropertyResolver;

/**
 * The properties that follow from a {@code jdbc:pglite:} URL. Looks at the URL whenever it is
 * asked, because tests set it late. Thread-safe.
 */
final class PGliteDefaults extends EnumerablePropertySource<Object> {
    static final String NAME = "pgliteDefaults";
    static final String URL = "spring.datasource.url";

    private static final String PREFIX = "jdbc:pglite:";
    private static final String[] NONE = {};

    private static final String CREATE = "pglite.create";
    private static final String HIKARI_CREATE =
            "spring.datasource.hikari.data-source-properties." + CREATE;
    private static final String HIKARI_CLASS = "spring.datasource.hikari.data-source-class-name";

    private static final String QUARTZ_DELEGATE =
            "spring.quartz.properties.org.quartz.jobStore.driverDelegateClass";

    /** For every database. */
    private static final Map<String, String> ALWAYS =
            Map.of(
                    "spring.datasource.driver-class-name",
                    PGliteDriver.class.getName(),
                    // A test slice would put H2 in the place of a database it does not know.
                    "spring.test.database.replace",
                    "none",
                    // jOOQ goes by the URL.
                    "spring.jooq.sql-dialect",
                    "POSTGRES",
                    // One statement computes at a time: ten idle backends would only cost memory.
                    "spring.datasource.hikari.minimum-idle",
                    "2");

    /** For databases that are new with each process, as Spring Boot does for H2 in memory. */
    private static final Map<String, String> IN_MEMORY = inMemory();

    private final ConfigurableEnvironment environment;

    /** Not with the environment as its source: Spring Boot would look for the sources in that. */
    PGliteDefaults(ConfigurableEnvironment environment) {
        super(NAME, new Object());
        this.environment = environment;
    }

    private static Map<String, String> inMemory() {
        Map<String, String> all = new TreeMap<>(ALWAYS);
        // As H2 and Testcontainers do, the user and the database of the URL are made.
        all.put(HIKARI_CREATE, "true");
        all.put("spring.datasource.tomcat.connection-properties", CREATE + "=true");
        all.put("spring.datasource.dbcp2.connection-properties", CREATE + "=true");
        all.put("spring.sql.init.mode", "always");
        all.put("spring.batch.jdbc.initialize-schema", "always");
        all.put("spring.quartz.jdbc.initialize-schema", "always");
        all.put("spring.session.jdbc.initialize-schema", "always");
        all.put("spring.integration.jdbc.initialize-schema", "always");
        return Map.copyOf(all);
    }

    /** Adds the defaults below everything that is there, once. */
    static void addTo(ConfigurableEnvironment environment) {
        if (!environment.getPropertySources().contains(NAME)) {
            environment.getPropertySources().addLast(new PGliteDefaults(environment));
        }
    }

    @Override
    public String[] getPropertyNames() {
        return defaults().keySet().toArray(NONE);
    }

    @Override
    public @Nullable Object getProperty(String name) {
        // Everything in the environment is asked for here; only few names are worth a look.
        return IN_MEMORY.containsKey(name) || name.equals(QUARTZ_DELEGATE)
                ? defaults().get(name)
                : null;
    }

    private Map<String, String> defaults() {
        PropertyResolver resolver = new PropertySourcesPropertyResolver(others());
        String url = resolver.getProperty(URL);
        if (url == null || !url.startsWith(PREFIX)) {
            return Map.of();
        }
        Map<String, String> all = isInMemory(url.substring(PREFIX.length())) ? IN_MEMORY : ALWAYS;
        if (resolver.getProperty(HIKARI_CLASS) != null && all.containsKey(HIKARI_CREATE)) {
            // HikariCP would look for a setter of that name.
            all = new TreeMap<>(all);
            all.remove(HIKARI_CREATE);
        }
        if ("jdbc".equalsIgnoreCase(resolver.getProperty("spring.quartz.job-store-type"))) {
            // Quartz's other store refuses a property that is not its own.
            all = new TreeMap<>(all);
            all.put(QUARTZ_DELEGATE, "org.quartz.impl.jdbcjobstore.PostgreSQLDelegate");
        }
        return all;
    }

    private static boolean isInMemory(String target) {
        return target.isEmpty()
                || target.startsWith("?")
                || target.startsWith("memory:")
                || target.startsWith("temp:");
    }

    /**
     * Returns the sources without this one and without Spring Boot's view of all, with this one.
     */
    private PropertySources others() {
        MutablePropertySources others = new MutablePropertySources();
        for (PropertySource<?> source : environment.getPropertySources()) {
            if (!source.getName().equals(NAME)
                    && !ConfigurationPropertySources.isAttachedConfigurationPropertySource(
                            source)) {
                others.addLast(source);
            }
        }
        return others;
    }
}
