package io.github.jdbcpglite.postgres.internal.opening;

import io.github.jdbcpglite.engine.Engine;
import io.github.jdbcpglite.engine.LibraryModule;
import io.github.jdbcpglite.host.fs.ErrnoException;
import io.github.jdbcpglite.postgres.cluster.ClusterException;
import io.github.jdbcpglite.postgres.internal.boot.BootException;
import io.github.jdbcpglite.postgres.internal.boot.ClusterImage;
import io.github.jdbcpglite.postgres.internal.boot.ForkSource;
import io.github.jdbcpglite.postgres.internal.datadir.ClusterIdentity;
import io.github.jdbcpglite.postgres.internal.distribution.Distribution;
import io.github.jdbcpglite.postgres.internal.distribution.StoredModule;
import io.github.jdbcpglite.postgres.internal.postmaster.ClusterPlan;
import io.github.jdbcpglite.postgres.internal.postmaster.Postmaster;
import io.github.jdbcpglite.postgres.internal.process.ClusterCounters;
import io.github.jdbcpglite.postgres.internal.process.ClusterEnvironment;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Starts the PostgreSQL of a cluster over its files, and again after each crash.
 *
 * @param opening what the cluster was asked for
 * @param storage its files
 * @param settings PostgreSQL's configuration parameters
 * @param refusals say why it does not start
 * @param counters count what happens in it, from the first start on
 */
record ClusterStarter(
        Opening opening,
        ClusterStorage storage,
        Map<String, String> settings,
        Refusals refusals,
        ClusterCounters counters) {
    ClusterStarter(
            Opening opening,
            ClusterStorage storage,
            Map<String, String> settings,
            Refusals refusals) {
        this(opening, storage, settings, refusals, new ClusterCounters());
    }

    /**
     * Starts the cluster.
     *
     * @param memory to go on with; without it PostgreSQL boots
     */
    Postmaster start(Optional<ClusterImage> memory) throws ClusterException {
        ForkSource source = source(memory);
        try {
            return Postmaster.start(plan(), source);
        } catch (BootException e) {
            throw refusals.notStarted(e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw refusals.notStarted("interrupted", e);
        }
    }

    private ForkSource source(Optional<ClusterImage> memory) throws ClusterException {
        if (memory.isEmpty()) {
            storage.beforeBoot();
            return new ForkSource.Boot(settings);
        }
        try {
            long identifier = ClusterIdentity.read(storage.files(), ClusterFiles.DATA_DIRECTORY);
            return new ForkSource.Image(memory.get(), identifier);
        } catch (ErrnoException e) {
            throw refusals.notStarted("its files cannot be read: " + e, e);
        }
    }

    private ClusterPlan plan() {
        return new ClusterPlan(
                opening.options().name(),
                program(),
                ClusterSettings.maxConnections(settings),
                storage.isLasting(),
                counters);
    }

    private ClusterEnvironment program() {
        Engine engine = opening.templates().engine();
        Distribution image = opening.templates().image();
        return new ClusterEnvironment(
                engine,
                image.main().module(engine),
                image.binary(),
                this::library,
                opening.extensions()::hint,
                storage.files(),
                storage.budget(),
                opening.interception().calls());
    }

    private @Nullable LibraryModule library(String path) {
        Engine engine = opening.templates().engine();
        Optional<StoredModule> own = opening.templates().image().sideModule(path);
        return own.isPresent()
                ? own.get().library(engine)
                : opening.extensions().module(engine, path);
    }
}
