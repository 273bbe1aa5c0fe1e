package io.github.jdbcpglite.wasm.image;

import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;

/**
 * PGlite as the build left it on the class path.
 *
 * <p>Loading reads the properties only; modules, lists and files are read when first asked for.
 * Thread-safe.
 */
public final class PgliteImage {
    private final String pgliteVersion;
    private final String wasmSha256;
    private final MainImage main;
    private final List<ModuleImage> sideModules;
    private final Lazy<List<ImageEntry>> bundleFiles;
    private final Lazy<List<ImageEntry>> pgdataFiles;
    private final BootImage boot;

    private PgliteImage(ImageResources resources, Properties properties) {
        this.pgliteVersion = required(properties, ImageLayout.KEY_PGLITE_VERSION);
        this.wasmSha256 = required(properties, ImageLayout.KEY_WASM_SHA256);
        this.bundleFiles = new Lazy<>(() -> ImageEntry.index(resources, ImageLayout.FILES));
        this.pgdataFiles = new Lazy<>(() -> ImageEntry.index(resources, ImageLayout.PGDATA));
        this.boot = new BootImage(resources, pgdataFiles);
        this.main =
                new MainImage(
                        resources,
                        required(properties, ImageLayout.MAIN + ImageLayout.MODULE_PATH),
                        required(properties, ImageLayout.MAIN + ImageLayout.MODULE_TEMPLATE),
                        required(properties, ImageLayout.MAIN + ImageLayout.MODULE_MEMORY),
                        required(properties, ImageLayout.MAIN + ImageLayout.MODULE_MACHINE));
        List<ModuleImage> sides = new ArrayList<>();
        int count = number(properties, ImageLayout.KEY_SIDE_COUNT);
        for (int i = 0; i < count; i++) {
            sides.add(module(resources, properties, ImageLayout.SIDE + i));
        }
        this.sideModules = List.copyOf(sides);
    }

    /**
     * Finds the image.
     *
     * @param loader a class loader that sees the image's resources and classes
     * @throws ImageException if there is none, it is damaged or its format is another one
     */
    public static PgliteImage load(ClassLoader loader) {
        ImageResources resources = new ImageResources(loader);
        Properties properties = new Properties();
        byte[] text = resources.read(ImageLayout.PROPERTIES);
        try {
            properties.load(new StringReader(new String(text, StandardCharsets.UTF_8)));
        } catch (IOException | IllegalArgumentException e) {
            throw new ImageException(
                    "the image of PGlite is damaged: " + ImageLayout.PROPERTIES, e);
        }
        int format = number(properties, ImageLayout.KEY_FORMAT);
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

    private static ModuleImage module(
            ImageResources resources, Properties properties, String prefix) {
        return new ModuleImage(
                resources,
                required(properties, prefix + ImageLayout.MODULE_PATH),
                required(properties, prefix + ImageLayout.MODULE_WASM),
                required(properties, prefix + ImageLayout.MODULE_MACHINE));
    }

    private static String required(Properties properties, String key) {
        String value = properties.getProperty(key);
        if (value == null) {
            throw new ImageException(
                    "the image of PGlite is damaged: " + ImageLayout.PROPERTIES + " has no " + key);
        }
        return value;
    }

    private static int number(Properties properties, String key) {
        String value = required(properties, key);
        try {
            return Integer.parseInt(value);
        } catch (NumberFormatException e) {
            throw new ImageException(
                    "the image of PGlite is damaged: " + key + " is '" + value + "'", e);
        }
    }
}
