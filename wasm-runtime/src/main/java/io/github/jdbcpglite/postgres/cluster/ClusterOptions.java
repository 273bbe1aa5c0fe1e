package io.github.jdbcpglite.postgres.cluster;

import java.lang.ref.WeakReference;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** What a cluster is opened with. Immutable; two with the same content are equal. */
public final class ClusterOptions {
    /** The fewest connections a cluster can be limited to. */
    public static final int MIN_CONNECTIONS = 1;

    /** The most connections a cluster can be limited to. */
    public static final int MAX_CONNECTIONS = 1000;

    private final String name;
    private final Optional<Path> directory;
    private final boolean mustExist;
    private final OptionalInt maxConnections;
    private final OptionalLong memoryLimitBytes;
    private final Durability durability;
    private final Optional<Path> source;
    private final Optional<Path> backupAtClose;
    private final Map<String, String> settings;
    private final Optional<ClusterTemplate> template;
    private final Optional<List<String>> extensions;
    private final boolean readOnly;
    private final Optional<ClusterSetup> setup;
    private final WeakReference<ClassLoader> classLoader;

    private ClusterOptions(Builder builder) {
        name = builder.name;
        directory = builder.directory;
        mustExist = builder.mustExist;
        maxConnections = builder.maxConnections;
        memoryLimitBytes = builder.memoryLimitBytes;
        durability = builder.durability;
        source = builder.source;
        backupAtClose = builder.backupAtClose;
        settings = Map.copyOf(builder.settings);
        template = builder.template;
        extensions = builder.extensions;
        readOnly = builder.readOnly;
        setup = builder.setup;
        classLoader = builder.classLoader;
    }

    /**
     * Starts a set of options with the defaults: in memory, limits left to the implementation,
     * {@link Durability#FULL}.
     *
     * @param name for messages, logs and management; it need not be unique
     */
    public static Builder named(String name) {
        return new Builder(name);
    }

    /** Returns the name for messages, logs and management. */
    public String name() {
        return name;
    }

    /** Returns the data directory, or nothing for a cluster in memory. */
    public Optional<Path> directory() {
        return directory;
    }

    /** Returns whether a directory that holds no cluster is refused. */
    public boolean mustExist() {
        return mustExist;
    }

    /** Returns how many connections are allowed at once, or nothing for the default. */
    public OptionalInt maxConnections() {
        return maxConnections;
    }

    /** Returns how much memory the cluster may take in bytes, or nothing for the default. */
    public OptionalLong memoryLimitBytes() {
        return memoryLimitBytes;
    }

    /** Returns what a commit waits for. */
    public Durability durability() {
        return durability;
    }

    /** Returns the backup that a cluster which does not exist yet is made from, or nothing. */
    public Optional<Path> source() {
        return source;
    }

    /** Returns the archive that the cluster is copied to when it closes, or nothing. */
    public Optional<Path> backupAtClose() {
        return backupAtClose;
    }

    /** Returns whether a path is named like an archive of a cluster. */
    public static boolean isArchiveName(Path path) {
        String name = path.toString().toLowerCase(Locale.ROOT);
        return name.endsWith(".tar") || name.endsWith(".tar.gz") || name.endsWith(".tgz");
    }

    /** Returns PostgreSQL's own settings for the whole cluster, by name. */
    public Map<String, String> settings() {
        return settings;
    }

    /** Returns what the cluster is cloned from, or nothing for a fresh one. */
    public Optional<ClusterTemplate> template() {
        return template;
    }

    /** Returns which extensions sessions may create, or nothing for all on the class path. */
    public Optional<List<String>> extensions() {
        return extensions;
    }

    /** Returns whether the directory is only read, and the cluster a copy of it in memory. */
    public boolean readOnly() {
        return readOnly;
    }

    /**
     * Returns what fills the cluster if opening it makes it. It does not count when options are
     * compared.
     */
    public Optional<ClusterSetup> setup() {
        return setup;
    }

    /**
     * Returns where extensions are looked for besides this library's own class loader. It says
     * where to look and not what is wanted, so it does not count when options are compared, and
     * options do not keep it alive.
     */
    public Optional<ClassLoader> classLoader() {
        return Optional.ofNullable(classLoader.get());
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ClusterOptions that
                && name.equals(that.name)
                && directory.equals(that.directory)
                && mustExist == that.mustExist
                && maxConnections.equals(that.maxConnections)
                && memoryLimitBytes.equals(that.memoryLimitBytes)
                && durability == that.durability
                && readOnly == that.readOnly
                && source.equals(that.source)
                && backupAtClose.equals(that.backupAtClose)
                && settings.equals(that.settings)
                && template.equals(that.template)
                && extensions.equals(that.extensions);
    }

    @Override
    public int hashCode() {
        return Objects.hash(
                name,
                directory,
                mustExist,
                maxConnections,
                memoryLimitBytes,
                durability,
                readOnly,
                source,
                backupAtClose,
                settings,
                template,
                extensions);
    }

    @Override
    public String toString() {
        return "ClusterOptions["
                + name
                + directory.map(path -> " in " + path).orElse(" in memory")
                + " durability="
                + durability
                + " settings="
                + settings
                + extensions.map(names -> " extensions=" + names).orElse("")
                + "]";
    }

    /** Collects options. Not thread-safe. */
    public static final class Builder {
        private final String name;
        private Optional<Path> directory = Optional.empty();
        private boolean mustExist;
        private OptionalInt maxConnections = OptionalInt.empty();
        private OptionalLong memoryLimitBytes = OptionalLong.empty();
        private Durability durability = Durability.FULL;
        private Optional<Path> source = Optional.empty();
        private Optional<Path> backupAtClose = Optional.empty();
        private final Map<String, String> settings = new LinkedHashMap<>();
        private Optional<ClusterTemplate> template = Optional.empty();
        private Optional<List<String>> extensions = Optional.empty();
        private boolean readOnly;
        private Optional<ClusterSetup> setup = Optional.empty();
        private WeakReference<ClassLoader> classLoader = new WeakReference<>(null);

        private Builder(String name) {
            this.name = Objects.requireNonNull(name);
        }

        /** Keeps the cluster in a directory, which is made if it does not exist. */
        public Builder directory(Path value) {
            directory = Optional.of(value);
            return this;
        }

        /** Refuses a directory that holds no cluster, instead of making one there. */
        public Builder mustExist() {
            mustExist = true;
            return this;
        }

        /**
         * Limits the connections open at once.
         *
         * @param value from {@link #MIN_CONNECTIONS} to {@link #MAX_CONNECTIONS}
         */
        public Builder maxConnections(int value) {
            if (value < MIN_CONNECTIONS || value > MAX_CONNECTIONS) {
                throw new IllegalArgumentException(
                        "max connections must be from 1 to 1000, not " + value);
            }
            maxConnections = OptionalInt.of(value);
            return this;
        }

        /**
         * Limits the memory of the cluster: its backends, shared memory and files in memory.
         *
         * @param value in bytes, positive
         */
        public Builder memoryLimitBytes(long value) {
            if (value <= 0) {
                throw new IllegalArgumentException("memory limit must be positive, not " + value);
            }
            memoryLimitBytes = OptionalLong.of(value);
            return this;
        }

        /** Sets what a commit waits for. */
        public Builder durability(Durability value) {
            durability = Objects.requireNonNull(value);
            return this;
        }

        /**
         * Makes the cluster from a backup: in memory, or in a directory that is absent or empty. A
         * directory that holds a cluster is refused, unless this JVM has made it from that backup.
         *
         * @param value a data directory or an archive of one, {@code .tar} or compressed with gzip
         */
        public Builder source(Path value) {
            source = Optional.of(value);
            return this;
        }

        /**
         * Copies the cluster to an archive when it closes, in place of an older one of the same
         * cluster. An archive of another one, or another file, is refused when the cluster opens.
         *
         * @param value named {@code .tar}, {@code .tar.gz} or {@code .tgz}
         */
        public Builder backupAtClose(Path value) {
            if (!isArchiveName(value)) {
                throw new IllegalArgumentException(value + " is not named like an archive");
            }
            backupAtClose = Optional.of(value);
            return this;
        }

        /** Sets one of PostgreSQL's own settings for the whole cluster. */
        public Builder setting(String key, String value) {
            settings.put(Objects.requireNonNull(key), Objects.requireNonNull(value));
            return this;
        }

        /**
         * Clones the cluster from a template. Without settings and a limit of connections of its
         * own it gets those of the template, and starts without booting.
         */
        public Builder template(ClusterTemplate value) {
            template = Optional.of(value);
            return this;
        }

        /**
         * Restricts the extensions that sessions may create.
         *
         * @param names of extensions or libraries; each must be on the class path, and what they
         *     need is added
         */
        public Builder extensions(List<String> names) {
            extensions = Optional.of(List.copyOf(names));
            return this;
        }

        /**
         * Reads the directory, which must hold a cluster, and changes nothing in it: what is opened
         * is a copy in memory.
         */
        public Builder readOnly() {
            readOnly = true;
            return this;
        }

        /**
         * Fills the cluster if opening it makes it: always in memory, in a directory that is absent
         * or empty. A directory is complete only when that is done; one that was left before, by a
         * crash, is made again.
         */
        public Builder setup(ClusterSetup value) {
            setup = Optional.of(value);
            return this;
        }

        /** Sets where extensions are looked for besides this library's own class loader. */
        public Builder classLoader(ClassLoader value) {
            classLoader = new WeakReference<>(Objects.requireNonNull(value));
            return this;
        }

        /** Returns the options collected so far. */
        public ClusterOptions build() {
            return new ClusterOptions(this);
        }
    }
}
