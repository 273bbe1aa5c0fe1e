package io.github.jdbcpglite.wasm.image;

import io.github.jdbcpglite.wasm.emscripten.MainModule;
import io.github.jdbcpglite.wasm.engine.TemplateCodec;
import io.github.jdbcpglite.wasm.memory.MemoryImage;

/**
 * The main module of an image, PostgreSQL itself: read when first asked for, then kept.
 *
 * <p>Thread-safe.
 */
public final class MainImage {
    private final ImageResources resources;
    private final String path;
    private final String templateResource;
    private final String memoryResource;
    private final String machineClass;
    private final Lazy<MainModule> module = new Lazy<>(this::load);

    MainImage(
            ImageResources resources,
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
     * @throws ImageException if a part is missing or damaged
     */
    public MainModule module() {
        return module.get();
    }

    private MainModule load() {
        return new MainModule(
                resources.decode(templateResource, TemplateCodec::read),
                resources.machines(machineClass),
                () -> resources.stream(memoryResource, MemoryImage::read));
    }
}
