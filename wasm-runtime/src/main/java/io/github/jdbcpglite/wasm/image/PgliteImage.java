package io.github.jdbcpglite.wasm.image;

import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.runtime.Machine;
import com.dylibso.chicory.wasm.WasmModule;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * PGlite as the build left it on the class path.
 *
 * <p>Loading reads the properties only; modules, lists and files are read when first asked for.
 * Thread-safe.
 */
public final class PgliteImage {
    private final ImageResources resources;
    private final String pgliteVersion;
    private final String wasmSha256;
    private final ModuleImage main;
    private final List<ModuleImage> sideModules;
    private final Lazy<List<ImageEntry>> bundleFiles =
            new Lazy<>(() -> ImageEntry.index(resources(), ImageLayout.FILES));
    private final Lazy<List<ImageEntry>> pgdataFiles =
            new Lazy<>(() -> ImageEntry.index(resources(), ImageLayout.PGDATA));

    private PgliteImage(ImageResources resources, ImageProperties properties) {
        this.resources = resources;
        this.pgliteVersion = properties.required(ImageLayout.KEY_PGLITE_VERSION);
        this.wasmSha256 = properties.required(ImageLayout.KEY_WASM_SHA256);
        this.main = properties.module(ImageLayout.MAIN);
        this.sideModules = properties.sideModules();
    }

    /**
     * Finds the image.
     *
     * @param loader a class loader that sees the image's resources and classes
     * @throws ImageException if there is none, it is damaged or its format is another one
     */
    public static PgliteImage load(ClassLoader loader) {
        ImageResources resources = new ImageResources(loader);
        ImageProperties properties = ImageProperties.read(resources, ImageLayout.PROPERTIES);
        int format = properties.number(ImageLayout.KEY_FORMAT);
        if (format != ImageLayout.FORMAT) {
            throw new ImageException(
                    "the image of PGlite has format "
                            + format
                            + " but this runtime reads format "
                            + ImageLayout.FORMAT
                            + "; use jdbc-pglite-image and"
                            + " jdbc-pglite-wasm-runtime of the same version");
        }
        return new PgliteImage(resources, properties);
    }

    /** Returns the version of the npm package the image was made from. */
    public String pgliteVersion() {
        return pgliteVersion;
    }

    /** Returns the SHA-256 of {@code pglite.wasm} as it was downloaded, in hexadecimal. */
    public String wasmSha256() {
        return wasmSha256;
    }

    /** Returns the main module, PostgreSQL itself. */
    public ModuleImage main() {
        return main;
    }

    /** Returns the parsed main module, without function bodies; always the same object. */
    public WasmModule mainModule() {
        return main.module();
    }

    /** Returns what makes the main module's functions runnable for an instance. */
    public Function<Instance, Machine> mainMachineFactory() {
        return main.machineFactory();
    }

    /** Returns the shared libraries that were compiled. */
    public List<ModuleImage> sideModules() {
        return sideModules;
    }

    /**
     * Finds a compiled shared library.
     *
     * @param path its absolute path in the guest's file system
     */
    public Optional<ModuleImage> sideModule(String path) {
        return sideModules.stream().filter(module -> module.path().equals(path)).findFirst();
    }

    /** Returns the files PGlite ships and their directories, parents first, by absolute path. */
    public List<ImageEntry> bundleFiles() {
        return bundleFiles.get();
    }

    /** Returns the files and directories of a fresh data directory, parents first. */
    public List<ImageEntry> pgdataFiles() {
        return pgdataFiles.get();
    }

    private ImageResources resources() {
        return resources;
    }
}
