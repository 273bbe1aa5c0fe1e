package io.github.jdbcpglite.postgres.internal.distribution;

import io.github.jdbcpglite.engine.bytecode.InitialInstanceCodec;
import io.github.jdbcpglite.engine.bytecode.memory.MemoryImage;
import io.github.jdbcpglite.host.MainModule;

/**
 * The main module of an image, PostgreSQL itself: read when first asked for, then kept.
 *
 * <p>Thread-safe.
 */
public final class StoredMainModule {
    private final DistributionResources resources;
    private final String path;
    private final String templateResource;
    private final String memoryResource;
    private final String machineClass;
    private final Lazy<MainModule> module = new Lazy<>(this::load);

    StoredMainModule(
            DistributionResources resources,
            String path,
            String templateResource,
            String memoryResource,
            String machineClass) {
        this.resources = resources;
        this.path = path;
        this.templateResource = templateResource;
        this.memoryResource = memoryResource;
        this.machineClass = machineClass;
    }

    /** Returns the path in the guest's file system. */
    public String path() {
        return path;
    }

    /**
     * Returns the module and what runs it.
     *
     * @return always the same object
     * @throws DistributionException if a part is missing or damaged
     */
    public MainModule module() {
        return module.get();
    }

    private MainModule load() {
        return new MainModule(
                resources.decode(templateResource, InitialInstanceCodec::read),
                resources.machines(machineClass),
                () -> resources.stream(memoryResource, MemoryImage::read));
    }
}
