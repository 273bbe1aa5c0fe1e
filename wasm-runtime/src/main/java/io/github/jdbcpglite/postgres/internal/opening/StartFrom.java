package io.github.jdbcpglite.postgres.internal.opening;

import io.github.jdbcpglite.host.fs.ErrnoException;
import io.github.jdbcpglite.postgres.cluster.ClusterException;
import io.github.jdbcpglite.postgres.cluster.ClusterOption;
import io.github.jdbcpglite.postgres.cluster.ClusterOptions;
import io.github.jdbcpglite.postgres.internal.boot.ClusterImage;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * What a cluster starts from: its files, the settings that come with them, and for some the memory
 * that fits both. There are no others. Immutable.
 */
sealed interface StartFrom {
    /** Returns what the options of a cluster say, or the template that fits them best. */
    static StartFrom of(ClusterOptions options, StoredTemplates templates) throws ErrnoException {
        Optional<Path> directory = options.get(ClusterOption.DIRECTORY);
        if (directory.isPresent()) {
            return options.isOn(ClusterOption.READ_ONLY)
                    ? new Unchanged(directory.get())
                    : new Directory(directory.get());
        }
        Optional<Path> backup = options.get(ClusterOption.SOURCE);
        if (backup.isPresent()) {
            return new Backup(backup.get());
        }
        return new Template(
                options.has(ClusterOption.TEMPLATE)
                        ? (FrozenCluster) options.get(ClusterOption.TEMPLATE).orElseThrow()
                        : templates.forSettings(
                                ClusterSettings.of(MemoryStorage.SETTINGS, options)));
    }

    /** Makes or opens the cluster's files. If that fails, nothing is left of it. */
    ClusterStorage storage(Opening opening) throws ClusterException, ErrnoException;

    /** Returns PostgreSQL's settings for a cluster over the files. */
    default Map<String, String> settings(ClusterOptions options, ClusterStorage storage) {
        return ClusterSettings.of(storage.settings(), options);
    }

    /** Returns the memory to go on with under some settings, or nothing if PostgreSQL boots. */
    default Optional<ClusterImage> memory(Map<String, String> settings) {
        return Optional.empty();
    }

    /** A directory of the host, which is made if there is none, perhaps from a backup. */
    record Directory(Path path) implements StartFrom {
        @Override
        public ClusterStorage storage(Opening opening) throws ClusterException {
            return DirectoryStorage.open(opening, path);
        }
    }

    /** A directory that stays as it is: what is opened is a copy in memory to look at. */
    record Unchanged(Path path) implements StartFrom {
        @Override
        public ClusterStorage storage(Opening opening) throws ClusterException, ErrnoException {
            return new MemoryStorage(
                    ClusterFiles.fromUnchanged(opening, path), opening.budget(), false);
        }
    }

    /** A backup, which is loaded into memory. */
    record Backup(Path path) implements StartFrom {
        @Override
        public ClusterStorage storage(Opening opening) throws ClusterException, ErrnoException {
            return new MemoryStorage(
                    ClusterFiles.fromBackup(opening, path), opening.budget(), true);
        }
    }

    /** A cluster of one moment, which is cloned in memory. */
    record Template(FrozenCluster source) implements StartFrom {
        @Override
        public ClusterStorage storage(Opening opening) throws ErrnoException {
            return new MemoryStorage(
                    ClusterFiles.cloneOf(source.files(), opening), opening.budget(), true);
        }

        /** A clone for which nothing else is asked keeps the settings it is cloned with. */
        @Override
        public Map<String, String> settings(ClusterOptions options, ClusterStorage storage) {
            boolean isAsked =
                    !options.settings().isEmpty() || options.has(ClusterOption.MAX_CONNECTIONS);
            return isAsked ? StartFrom.super.settings(options, storage) : source.settings();
        }

        @Override
        public Optional<ClusterImage> memory(Map<String, String> settings) {
            return source.memory(settings);
        }
    }
}
