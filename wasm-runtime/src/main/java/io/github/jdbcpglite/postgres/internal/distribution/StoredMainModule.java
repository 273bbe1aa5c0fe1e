package io.github.jdbcpglite.postgres.internal.distribution;

import io.github.jdbcpglite.engine.Engine;
import io.github.jdbcpglite.engine.MainModule;
import io.github.jdbcpglite.engine.ModuleException;
import io.github.jdbcpglite.engine.ModuleParts;
import java.util.Map;

/**
 * The main module of a distribution, PostgreSQL itself: read when first asked for, then kept.
 *
 * <p>Thread-safe.
 */
public final class StoredMainModule {
    private final DistributionResources resources;
    private final String path;
    private final String stateResource;
    private final StoredParts parts;
    private final PerEngine<MainModule> module = new PerEngine<>(this::load);

    StoredMainModule(
            DistributionResources resources,
            String path,
            String stateResource,
            String memoryResource,
            String codeName,
            String digest) {
        this.resources = resources;
        this.path = path;
        this.stateResource = stateResource;
        this.parts =
                new StoredParts(
                        resources,
                        codeName,
                        digest,
                        Map.of(
                                ModuleParts.Part.STATE,
                                stateResource,
                                ModuleParts.Part.MEMORY,
                                memoryResource));
    }

    /** Returns where engines find its parts. */
    public ModuleParts parts() {
        return parts;
    }

    /** Returns the path in the guest's file system. */
    public String path() {
        return path;
    }

    /**
     * Returns the module as an engine runs it.
     *
     * @return for one engine always the same object
     * @throws DistributionException if a part is missing or damaged
     */
    public MainModule module(Engine engine) {
        return module.get(engine);
    }

    private MainModule load(Engine engine) {
        try {
            return engine.loadMain(parts);
        } catch (ModuleException e) {
            throw resources.damaged(stateResource + ": " + e.getMessage(), e);
        }
    }
}
