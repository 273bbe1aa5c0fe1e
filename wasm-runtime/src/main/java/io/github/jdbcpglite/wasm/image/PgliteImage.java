package io.github.jdbcpglite.wasm.image;

import java.util.List;
import java.util.Optional;

/**
 * PGlite as the build left it on the class path.
 *
 * <p>Loading reads the properties only; modules, lists and files are read when first asked for.
 * Thread-safe.
 */
public final class PgliteImage {
    private final String pgliteVersion;
    private final String postgresVersion;
    private final String wasmSha256;
    private final MainImage main;
    private final List<ModuleImage> sideModules;
    private final Lazy<List<ImageEntry>> bundleFiles;
    private final Lazy<List<ImageEntry>> pgdataFiles;
    private final BootImage boot;

    private PgliteImage(ImageResources resources, ImageProperties properties) {
        this.pgliteVersion = properties.required(ImageLayout.KEY_PGLITE_VERSION);
        this.postgresVersion = properties.required(ImageLayout.KEY_POSTGRES_VERSION);
        this.wasmSha256 = properties.required(ImageLayout.KEY_WASM_SHA256);
        this.bundleFiles = new Lazy<>(() -> ImageEntry.index(resources, ImageLayout.FILES));
        this.pgdataFiles = new Lazy<>(() -> ImageEntry.index(resources, ImageLayout.PGDATA));
        this.boot = new BootImage(resources, pgdataFiles);
        this.main = properties.main();
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

    /** Returns the version of PostgreSQL in it, as {@code server_version} begins. */
    public String postgresVersion() {
        return postgresVersion;
    }

    /** Returns the SHA-256 of {@code pglite.wasm} as it was downloaded, in hexadecimal. */
    public String wasmSha256() {
        return wasmSha256;
    }

    /** Returns the main module, PostgreSQL itself. */
    public MainImage main() {
        return main;
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

    /** Returns the cluster that the build has booted. */
    public BootImage boot() {
        return boot;
    }
}
