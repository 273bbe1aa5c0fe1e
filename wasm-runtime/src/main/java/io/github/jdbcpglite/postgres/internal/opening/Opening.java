package io.github.jdbcpglite.postgres.internal.opening;

import io.github.jdbcpglite.engine.budget.MemoryBudget;
import io.github.jdbcpglite.host.fs.ErrnoException;
import io.github.jdbcpglite.postgres.cluster.ClusterException;
import io.github.jdbcpglite.postgres.cluster.ClusterOption;
import io.github.jdbcpglite.postgres.cluster.ClusterOptions;
import io.github.jdbcpglite.postgres.internal.distribution.DistributionException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * The opening of one cluster, from its options to where it takes connections. Immutable.
 *
 * @param templates what clusters are made from
 * @param options what is asked for
 * @param interception what tests put between the cluster and its host
 * @param extensions that its sessions may create
 * @param log takes what PostgreSQL writes to its standard error
 * @param budget what the cluster may take of the heap
 */
record Opening(
        StoredTemplates templates,
        ClusterOptions options,
        Interception interception,
        ClusterExtensions extensions,
        ServerLog log,
        MemoryBudget budget) {
    private static final String PRELOAD = "shared_preload_libraries";

    /**
     * Opens a cluster.
     *
     * @throws ClusterException if it cannot; nothing is left of it then
     */
    static EmbeddedCluster open(Engines engines, ClusterOptions options, Interception interception)
            throws ClusterException {
        ServerLog log = new ServerLog(options.name());
        Refusals refusals = new Refusals(options, log);
        try {
            ClusterExtensions extensions = ClusterExtensions.find(engines.image(), options);
            StoredTemplates templates = engines.choose(options, extensions.modules());
            extensions.checkPreloaded(options.settings().getOrDefault(PRELOAD, ""));
            Opening opening =
                    new Opening(templates, options, interception, extensions, log, budget(options));
            return opening.open(StartFrom.of(options, templates), refusals);
        } catch (DistributionException e) {
            throw refusals.notStarted(e.getMessage(), e);
        } catch (ErrnoException e) {
            throw refusals.filesNotMade(e);
        }
    }

    private static MemoryBudget budget(ClusterOptions options) {
        return options.get(ClusterOption.MEMORY_LIMIT_BYTES)
                .map(MemoryBudget::limitedTo)
                .orElseGet(MemoryBudget::ofHeap);
    }

    private EmbeddedCluster open(StartFrom from, Refusals refusals)
            throws ClusterException, ErrnoException {
        ClusterStorage storage = from.storage(this);
        boolean done = false;
        try {
            requireReplaceableBackup(storage, refusals);
            Map<String, String> settings = from.settings(options, storage);
            ClusterStarter starter = new ClusterStarter(this, storage, settings, refusals);
            EmbeddedCluster opened = new EmbeddedCluster(starter, from.memory(settings), refusals);
            opened.setUp();
            done = true;
            return opened;
        } finally {
            if (!done) {
                closeAfterFailure(storage);
            }
        }
    }

    private void requireReplaceableBackup(ClusterStorage storage, Refusals refusals)
            throws ClusterException {
        Optional<Path> backup = options.get(ClusterOption.BACKUP_AT_CLOSE);
        if (backup.isPresent()) {
            try {
                BackupTarget.requireReplaceable(backup.get(), storage);
            } catch (ErrnoException e) {
                throw refusals.filesNotRead(e);
            }
        }
    }

    private static void closeAfterFailure(ClusterStorage storage) {
        try {
            storage.close();
        } catch (ClusterException e) {
            System.getLogger(Opening.class.getName())
                    .log(System.Logger.Level.WARNING, "closing after a failed start failed", e);
        }
    }
}
