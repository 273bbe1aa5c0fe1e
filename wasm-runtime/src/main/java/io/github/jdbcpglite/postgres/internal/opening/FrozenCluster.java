package io.github.jdbcpglite.postgres.internal.opening;

import io.github.jdbcpglite.engine.Engine;
import io.github.jdbcpglite.host.fs.ErrnoException;
import io.github.jdbcpglite.host.fs.memory.MemoryFileSystem;
import io.github.jdbcpglite.postgres.cluster.ClusterTemplate;
import io.github.jdbcpglite.postgres.internal.boot.ClusterImage;
import io.github.jdbcpglite.postgres.internal.datadir.ClusterIdentity;
import io.github.jdbcpglite.postgres.internal.postmaster.Postmaster;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** The one kind of template: what a cluster in memory was at one moment. Immutable. */
final class FrozenCluster implements ClusterTemplate {
    private final Engine engine;
    private final MemoryFileSystem files;
    private final @Nullable ClusterImage memory;
    private final Map<String, String> settings;

    /**
     * Creates a template.
     *
     * @param engine what runs its clones
     * @param files nobody modifies them afterwards
     * @param memory the cluster's memory, or {@code null} if a clone has to boot and to recover
     * @param settings the settings the cluster was booted with
     */
    FrozenCluster(
            Engine engine,
            MemoryFileSystem files,
            @Nullable ClusterImage memory,
            Map<String, String> settings) {
        this.engine = engine;
        this.files = files;
        this.memory = memory;
        this.settings = Map.copyOf(settings);
    }

    /**
     * Makes a template of a cluster. While backends are at work the files are as after a power
     * failure, and a clone recovers.
     *
     * @param engine what runs the cluster
     * @param files of the cluster
     * @param settings it was booted with
     */
    static FrozenCluster of(
            Engine engine, Postmaster running, MemoryFileSystem files, Map<String, String> settings)
            throws ErrnoException {
        AtomicReference<@Nullable MemoryFileSystem> copied = new AtomicReference<>();
        Optional<ClusterImage> memory =
                running.freeze(
                        () -> {
                            MemoryFileSystem copy = files.copy();
                            copied.set(copy);
                            return ClusterIdentity.read(copy, ClusterFiles.DATA_DIRECTORY);
                        });
        MemoryFileSystem copy = copied.get();
        return new FrozenCluster(
                engine, copy == null ? files.copy() : copy, memory.orElse(null), settings);
    }

    Engine engine() {
        return engine;
    }

    MemoryFileSystem files() {
        return files;
    }

    /** Returns the memory to start from with some settings, or nothing if they need a boot. */
    Optional<ClusterImage> memory(Map<String, String> wanted) {
        return settings.equals(wanted) ? Optional.ofNullable(memory) : Optional.empty();
    }

    /** Returns the settings of the cluster it was made from. */
    Map<String, String> settings() {
        return settings;
    }

    @Override
    public boolean startsWithoutBoot() {
        return memory != null;
    }
}
