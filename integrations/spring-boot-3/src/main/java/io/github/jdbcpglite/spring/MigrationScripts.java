package io.github.jdbcpglite.spring;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.core.io.support.ResourcePatternResolver;
import org.springframework.util.ClassUtils;

/**
 * What Spring Boot's Flyway or Liquibase is about to run, as a text that is equal for equal scripts
 * and configuration. Neither tool's classes are needed. Stateless.
 */
final class MigrationScripts {
    private static final String DEFAULT_LOCATION = "classpath:db/migration";
    private static final String DEFAULT_CHANGE_LOG = "classpath:/db/changelog/";

    private MigrationScripts() {}

    /** A tool for migrations, by the bean with whose initialisation it runs. */
    enum Tool {
        FLYWAY,
        LIQUIBASE
    }

    /** Returns which tool runs when a bean is initialised. */
    static Optional<Tool> toolOf(Object bean) {
        for (Class<?> type = bean.getClass(); type != null; type = type.getSuperclass()) {
            if (type.getSimpleName().equals("FlywayMigrationInitializer")) {
                return Optional.of(Tool.FLYWAY);
            }
            if (type.getSimpleName().equals("SpringLiquibase")) {
                return Optional.of(Tool.LIQUIBASE);
            }
        }
        return Optional.empty();
    }

    /** Returns what runs when a bean is initialised; nothing if it is none, or cannot be known. */
    static Optional<String> of(Object bean, ConfigurableApplicationContext context)
            throws IOException {
        Optional<Tool> tool = toolOf(bean);
        if (tool.isEmpty()) {
            return Optional.empty();
        }
        String prefix = tool.get() == Tool.FLYWAY ? "spring.flyway" : "spring.liquibase";
        Map<String, String> settings = new TreeMap<>();
        Binder.get(context.getEnvironment())
                .bind(prefix, Bindable.mapOf(String.class, String.class))
                .ifBound(settings::putAll);
        // Different for each context, and no part of what is migrated.
        settings.keySet().removeAll(List.of("url", "user", "password", "driver-class-name"));
        List<String> patterns =
                tool.get() == Tool.FLYWAY ? locations(context) : List.of(changeLogs(context));
        StringBuilder text = new StringBuilder(tool + " " + settings + " " + beans(context));
        ResourcePatternResolver resolver = new PathMatchingResourcePatternResolver(context);
        for (String pattern : patterns) {
            String contents = contents(resolver, pattern);
            if (contents == null) {
                return Optional.empty();
            }
            text.append(' ').append(contents);
        }
        return Optional.of(text.toString());
    }

    private static List<String> locations(ConfigurableApplicationContext context) {
        List<String> locations =
                Binder.get(context.getEnvironment())
                        .bind("spring.flyway.locations", Bindable.listOf(String.class))
                        .orElse(List.of(DEFAULT_LOCATION));
        List<String> patterns = new ArrayList<>();
        for (String location : locations) {
            String path = location.replace("{vendor}", "*").replaceFirst("/+$", "");
            if (path.startsWith("filesystem:")) {
                patterns.add("file:" + path.substring("filesystem:".length()) + "/**");
            } else if (path.startsWith("classpath:") || path.indexOf(':') < 0) {
                patterns.add(
                        "classpath*:"
                                + path.replaceFirst("^classpath:", "").replaceFirst("^/", "")
                                + "/**");
            } else {
                patterns.add(path); // a place in the network
            }
        }
        return patterns;
    }

    /** Takes all that lies beside the change log, where what it includes usually is. */
    private static String changeLogs(ConfigurableApplicationContext context) {
        String log =
                context.getEnvironment()
                        .getProperty("spring.liquibase.change-log", DEFAULT_CHANGE_LOG);
        String directory = log.substring(0, log.lastIndexOf('/') + 1);
        String path = directory.replaceFirst("^classpath\\*?:", "").replaceFirst("^/", "");
        return directory.startsWith("file:") ? directory + "**" : "classpath*:" + path + "**";
    }

    /** Returns the beans that may change what the tool does, by the types that they have of it. */
    private static String beans(ConfigurableApplicationContext context) {
        List<String> names = new ArrayList<>();
        for (String name : context.getBeanFactory().getBeanDefinitionNames()) {
            Class<?> type = context.getBeanFactory().getType(name, false);
            if (type != null && isOfTool(type)) {
                names.add(name + "=" + type.getName());
            }
        }
        names.sort(Comparator.naturalOrder());
        return names.toString();
    }

    private static boolean isOfTool(Class<?> type) {
        List<Class<?>> types = new ArrayList<>(ClassUtils.getAllInterfacesForClassAsSet(type));
        for (Class<?> one = type; one != null; one = one.getSuperclass()) {
            types.add(one);
        }
        return types.stream()
                .map(one -> one.getName().toLowerCase(Locale.ROOT))
                .anyMatch(name -> name.contains("flyway") || name.contains("liquibase"));
    }

    /** Returns a digest of every resource of a pattern, or {@code null} if they cannot be read. */
    private static @Nullable String contents(ResourcePatternResolver resolver, String pattern)
            throws IOException {
        if (!pattern.startsWith("classpath*:") && !pattern.startsWith("file:")) {
            return null;
        }
        MessageDigest digest;
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
        Resource[] resources = resolver.getResources(pattern);
        Arrays.sort(resources, Comparator.comparing(Resource::getDescription));
        for (Resource resource : resources) {
            if (resource.isReadable() && resource.getFilename() != null) {
                digest.update(resource.getDescription().getBytes(StandardCharsets.UTF_8));
                try (InputStream bytes = resource.getInputStream()) {
                    digest.update(bytes.readAllBytes());
                }
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }
}
