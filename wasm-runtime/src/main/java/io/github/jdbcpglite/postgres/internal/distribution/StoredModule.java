package io.github.jdbcpglite.postgres.internal.distribution;

import io.github.jdbcpglite.engine.Engine;
import io.github.jdbcpglite.engine.LibraryModule;
import io.github.jdbcpglite.engine.ModuleException;
import io.github.jdbcpglite.engine.ModuleParts;
import java.util.Map;

/**
 * A compiled library of a distribution: parsed and linked to its code when first asked for, then
 * kept.
 *
 * <p>Thread-safe.
 */
public final class StoredModule {
    private final String path;
    private final DistributionResources resources;
    private final String interfaceResource;
    private final StoredParts parts;
    private final PerEngine<LibraryModule> library = new PerEngine<>(this::load);

    StoredModule(
            DistributionResources resources,
            String path,
            String interfaceResource,
            String codeName,
            String digest) {
        this.resources = resources;
        this.path = path;
        this.interfaceResource = interfaceResource;
        this.parts =
                new StoredParts(
                        resources,
                        codeName,
                        digest,
                        Map.of(ModuleParts.Part.INTERFACE, interfaceResource));
    }

    /**
     * Looks whether the module's parts are there, without reading them.
     *
     * @throws DistributionException naming the one that is missing
     */
    void check() {
        parts.check();
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
     * Returns the library as an engine runs it.
     *
     * @return for one engine always the same object
     * @throws DistributionException if a part is missing or damaged
     */
    public LibraryModule library(Engine engine) {
        return library.get(engine);
    }

    private LibraryModule load(Engine engine) {
        try {
            return engine.loadLibrary(parts);
        } catch (ModuleException e) {
            throw resources.damaged(interfaceResource + ": " + e.getMessage(), e);
        }
    }
}
