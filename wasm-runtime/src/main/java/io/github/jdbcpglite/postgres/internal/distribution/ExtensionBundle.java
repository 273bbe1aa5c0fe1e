package io.github.jdbcpglite.postgres.internal.distribution;

import io.github.jdbcpglite.postgres.extension.ExtensionProvider;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;

/**
 * A jar of PostgreSQL extensions on the class path.
 *
 * <p>Loading reads its lists and looks whether the libraries' parts are there; the libraries and
 * files themselves are read when first asked for. Thread-safe.
 */
public final class ExtensionBundle {
    /** One bundle for each provider class, for as long as the class lives. */
    private static final ClassValue<ExtensionBundle> LOADED =
            new ClassValue<>() {
                @Override
                protected ExtensionBundle computeValue(Class<?> provider) {
                    return new ExtensionBundle(provider);
                }
            };

    private final String name;
    private final String artifact;
    private final String pgliteVersion;
    private final String wasmSha256;
    private final List<ExtensionUnit> units;

    private ExtensionBundle(Class<?> provider) {
        String root = provider.getPackageName().replace('.', '/') + "/" + BundleLayout.DIRECTORY;
        DistributionResources resources =
                new DistributionResources(
                        provider.getClassLoader(),
                        root,
                        "the extension bundle of " + provider.getName());
        DistributionProperties properties =
                DistributionProperties.read(resources, BundleLayout.PROPERTIES);
        int format = properties.number(DistributionLayout.KEY_FORMAT);
        if (format != BundleLayout.FORMAT) {
            throw new DistributionException(
                    resources.what()
                            + " has format "
                            + format
                            + " but this runtime reads format "
                            + BundleLayout.FORMAT
                            + "; use jars of jdbc-pglite of the same version");
        }
        this.name = properties.required(BundleLayout.KEY_NAME);
        this.artifact = properties.required(BundleLayout.KEY_ARTIFACT);
        this.pgliteVersion = properties.required(DistributionLayout.KEY_PGLITE_VERSION);
        this.wasmSha256 = properties.required(DistributionLayout.KEY_WASM_SHA256);
        List<StoredModule> modules = properties.sideModules();
        modules.forEach(StoredModule::check);
        List<ExtensionUnit> found = new ArrayList<>();
        int count = properties.number(BundleLayout.KEY_UNIT_COUNT);
        for (int i = 0; i < count; i++) {
            found.add(unit(resources, properties, BundleLayout.UNIT + i, modules));
        }
        this.units = List.copyOf(found);
    }

    /**
     * Returns the bundle that a provider makes known.
     *
     * @throws DistributionException if it is damaged or its format is another one
     */
    public static ExtensionBundle of(ExtensionProvider provider) {
        return LOADED.get(provider.getClass());
    }

    private ExtensionUnit unit(
            DistributionResources resources,
            DistributionProperties properties,
            String prefix,
            List<StoredModule> modules) {
        String unitName = properties.required(prefix + BundleLayout.UNIT_NAME);
        String directory = BundleLayout.UNITS + "/" + unitName;
        byte[] list = resources.read(directory + DistributionLayout.INDEX_SUFFIX);
        String expected = properties.required(prefix + BundleLayout.UNIT_INDEX_SHA256);
        if (!sha256(list).equals(expected)) {
            throw resources.damaged(
                    directory
                            + DistributionLayout.INDEX_SUFFIX
                            + " is not the one it was built with");
        }
        List<SharedFile> files =
                StoredFile.index(resources, directory, list).stream().map(SharedFile::of).toList();
        TreeMap<String, String> extensions = new TreeMap<>();
        for (String each : properties.list(prefix + BundleLayout.UNIT_EXTENSIONS)) {
            int space = each.indexOf(' ');
            if (space < 0) {
                throw resources.damaged(prefix + BundleLayout.UNIT_EXTENSIONS);
            }
            extensions.put(each.substring(0, space), each.substring(space + 1));
        }
        return new ExtensionUnit(
                unitName,
                this,
                extensions,
                Set.copyOf(properties.list(prefix + BundleLayout.UNIT_LIBRARIES)),
                properties.list(prefix + BundleLayout.UNIT_REQUIRES),
                files,
                modules.stream().filter(module -> holds(files, module.path())).toList());
    }

    private static boolean holds(List<SharedFile> files, String path) {
        return files.stream().anyMatch(file -> file.entry().path().equals(path));
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform must have SHA-256", e);
        }
    }

    /** Returns the name. */
    public String name() {
        return name;
    }

    /** Returns {@code groupId:artifactId} of the jar. */
    public String artifact() {
        return artifact;
    }

    /** Returns the units. */
    public List<ExtensionUnit> units() {
        return units;
    }

    /**
     * Checks that the libraries were compiled for an image's main module.
     *
     * @throws DistributionException naming both versions if they were not
     */
    public void checkFits(Distribution image) {
        if (!wasmSha256.equals(image.wasmSha256())) {
            throw new DistributionException(
                    "the extensions of "
                            + artifact
                            + " were built for PGlite "
                            + pgliteVersion
                            + " (pglite.wasm "
                            + wasmSha256
                            + ") but the image is of PGlite "
                            + image.pgliteVersion()
                            + " (pglite.wasm "
                            + image.wasmSha256()
                            + "); use jars of jdbc-pglite of the same version");
        }
    }

    @Override
    public String toString() {
        return artifact;
    }
}
