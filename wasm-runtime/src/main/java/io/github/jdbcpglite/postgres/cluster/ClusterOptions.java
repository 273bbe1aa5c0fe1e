package io.github.jdbcpglite.postgres.cluster;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What a cluster is opened with: a name, and values of some {@link ClusterOption}s. Immutable; what
 * adds a value returns other options.
 */
public final class ClusterOptions {
    private final String name;
    private final Map<ClusterOption<?>, Object> values;

    private ClusterOptions(String name, Map<ClusterOption<?>, Object> values) {
        this.name = name;
        this.values = values;
    }

    /**
     * Returns options without a value: of a cluster in memory, with the defaults.
     *
     * @param name for messages, logs and management; it need not be unique
     */
    public static ClusterOptions named(String name) {
        return new ClusterOptions(Objects.requireNonNull(name), Map.of());
    }

    /** Returns the name for messages, logs and management. */
    public String name() {
        return name;
    }

    /** Returns the value of an option, or nothing if it has none. */
    public <T> Optional<T> get(ClusterOption<T> option) {
        @SuppressWarnings("unchecked") // with() is the only way in, and has the option's type
        T value = (T) values.get(option);
        return Optional.ofNullable(value);
    }

    /** Returns whether an option has a value. */
    public boolean has(ClusterOption<?> option) {
        return values.containsKey(option);
    }

    /** Returns whether an option that is on or off is on. */
    public boolean isOn(ClusterOption<Boolean> option) {
        return get(option).orElse(false);
    }

    /** Returns PostgreSQL's own settings for the whole cluster, by name. */
    public Map<String, String> settings() {
        return get(ClusterOption.SETTINGS).orElse(Map.of());
    }

    /**
     * Returns these options with a value in place of the one that the option had.
     *
     * @throws IllegalArgumentException if the option does not accept it
     */
    public <T> ClusterOptions with(ClusterOption<T> option, T value) {
        if (!option.accepts(value)) {
            throw new IllegalArgumentException(option + " cannot be " + value);
        }
        Map<ClusterOption<?>, Object> changed = new HashMap<>(values);
        changed.put(option, value);
        return new ClusterOptions(name, Map.copyOf(changed));
    }

    /** Returns these options with one more of PostgreSQL's own settings. */
    public ClusterOptions withSetting(String key, String value) {
        Map<String, String> changed = new HashMap<>(settings());
        changed.put(key, value);
        return with(ClusterOption.SETTINGS, Map.copyOf(changed));
    }

    /** Returns whether a path is named like an archive of a cluster. */
    public static boolean isArchiveName(Path path) {
        String name = path.toString().toLowerCase(Locale.ROOT);
        return name.endsWith(".tar") || name.endsWith(".tar.gz") || name.endsWith(".tgz");
    }

    /** Names the options that have values, and no value: settings and scripts may be secret. */
    @Override
    public String toString() {
        return "ClusterOptions[" + name + " with " + values.keySet() + "]";
    }
}
