package io.github.jdbcpglite.wasm;

import io.github.jdbcpglite.wasm.fs.MemoryFileSystem;
import io.github.jdbcpglite.wasm.sched.ClusterImage;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What new clusters in memory are cloned from: the files of a cluster at one moment and, if no
 * backend ran then, its memory. Clones share both copy-on-write.
 *
 * <p>Immutable; safe for use by several threads. It holds no threads and no files of the host, so
 * it needs no closing.
 */
public final class ClusterTemplate {
    private final MemoryFileSystem files;
    private final @Nullable ClusterImage memory;
    private final Map<String, String> settings;

    /**
     * Creates a template.
     *
     * @param files nobody modifies them afterwards
     * @param memory the cluster's memory, or {@code null} if a clone has to boot and to recover
     * @param settings the settings the cluster was booted with
     */
    ClusterTemplate(
            MemoryFileSystem files, @Nullable ClusterImage memory, Map<String, String> settings) {
        this.files = files;
        this.memory = memory;
        this.settings = Map.copyOf(settings);
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

    /** Returns whether a clone with unchanged settings starts without booting. */
    public boolean startsWithoutBoot() {
        return memory != null;
    }
}
