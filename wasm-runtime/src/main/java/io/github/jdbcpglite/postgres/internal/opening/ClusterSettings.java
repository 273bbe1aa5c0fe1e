package io.github.jdbcpglite.postgres.internal.opening;

import io.github.jdbcpglite.postgres.cluster.ClusterOption;
import io.github.jdbcpglite.postgres.cluster.ClusterOptions;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/** PostgreSQL's configuration parameters of a cluster in this process. */
public final class ClusterSettings {
    /** {@code max_connections} where nothing else is asked for, PostgreSQL's own default. */
    public static final int DEFAULT_MAX_CONNECTIONS = 100;

    private ClusterSettings() {}

    /**
     * Returns the parameters a cluster boots with.
     *
     * @param storage what follows from where the files are
     * @param options what the user asks for
     */
    static Map<String, String> of(Map<String, String> storage, ClusterOptions options) {
        return of(
                storage,
                options.settings(),
                options.get(ClusterOption.MAX_CONNECTIONS).orElse(DEFAULT_MAX_CONNECTIONS));
    }

    /**
     * Returns the parameters a cluster boots with.
     *
     * @param storage what follows from where the files are
     * @param wanted what the user asks for, by name
     * @param maxConnections the value of {@code max_connections}
     */
    private static Map<String, String> of(
            Map<String, String> storage, Map<String, String> wanted, int maxConnections) {
        Map<String, String> settings = new LinkedHashMap<>(storage);
        settings.put("shared_buffers", "16MB");
        settings.put("min_dynamic_shared_memory", "8MB");
        settings.putAll(wanted);
        // These follow from how the processes run here, whatever is asked for.
        settings.put("exit_on_error", "false");
        settings.put("io_method", "sync");
        // A checkpoint runs as a whole: another one in the middle of it would be the later one.
        settings.put("checkpoint_completion_target", "0");
        settings.put("max_worker_processes", "0");
        settings.put("max_parallel_workers", "0");
        settings.put("max_parallel_workers_per_gather", "0");
        settings.put("max_parallel_maintenance_workers", "0");
        // There is no replication: with 0 PostgreSQL itself refuses who asks for it.
        settings.put("max_wal_senders", "0");
        settings.put("max_connections", Integer.toString(maxConnections));
        return settings;
    }

    /** Returns those of a cluster in memory for which nothing is asked. */
    public static Map<String, String> defaults() {
        return of(MemoryStorage.SETTINGS, Map.of(), DEFAULT_MAX_CONNECTIONS);
    }

    /** Returns {@code max_connections}. */
    static int maxConnections(Map<String, String> settings) {
        return Integer.parseInt(String.valueOf(settings.get("max_connections")));
    }

    /** Returns a form in which equal settings are equal: a line {@code NAME=VALUE} for each. */
    public static String text(Map<String, String> settings) {
        StringBuilder text = new StringBuilder();
        for (Map.Entry<String, String> entry : new TreeMap<>(settings).entrySet()) {
            text.append(entry.getKey()).append('=').append(entry.getValue()).append('\n');
        }
        return text.toString();
    }
}
