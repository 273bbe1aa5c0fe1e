package io.github.jdbcpglite.postgres.internal.distribution;

import io.github.jdbcpglite.postgres.internal.binary.PgBinary;
import java.io.IOException;
import java.io.StringReader;
import java.util.List;
import java.util.Optional;
import java.util.Properties;

/**
 * PGlite as the build left it on the class path.
 *
 * <p>Loading reads the properties only; modules, lists and files are read when first asked for.
 * Thread-safe.
 */
public final class Distribution {
    private final String pgliteVersion;
    private final String postgresVersion;
    private final String wasmSha256;
    private final StoredMainModule main;
    private final List<StoredModule> sideModules;
    private final Lazy<List<StoredFile>> bundleFiles;
    private final Lazy<List<StoredFile>> pgdataFiles;
    private final StoredBoot boot;
    private final Lazy<PgBinary> binary;

    private Distribution(DistributionResources resources, DistributionProperties properties) {
        this.pgliteVersion = properties.required(DistributionLayout.KEY_PGLITE_VERSION);
        this.postgresVersion = properties.required(DistributionLayout.KEY_POSTGRES_VERSION);
        this.wasmSha256 = properties.required(DistributionLayout.KEY_WASM_SHA256);
        this.bundleFiles = new Lazy<>(() -> StoredFile.index(resources, DistributionLayout.FILES));
        this.pgdataFiles = new Lazy<>(() -> StoredFile.index(resources, DistributionLayout.PGDATA));
        this.boot = new StoredBoot(resources, pgdataFiles);
        this.binary = new Lazy<>(() -> readBinary(resources));
        this.main = properties.main();
        this.sideModules = properties.sideModules();
    }

    /**
     * Finds the image.
     *
     * @param loader a class loader that sees the image's resources and classes
     * @throws DistributionException if there is none, it is damaged or its format is another one
     */
    public static Distribution load(ClassLoader loader) {
        DistributionResources resources = new DistributionResources(loader);
        DistributionProperties properties =
                DistributionProperties.read(resources, DistributionLayout.PROPERTIES);
        int format = properties.number(DistributionLayout.KEY_FORMAT);
        if (format != DistributionLayout.FORMAT) {
            throw new DistributionException(
                    "the image of PGlite has format "
                            + format
                            + " but this runtime reads format "
                            + DistributionLayout.FORMAT
                            + "; use jdbc-pglite-image and"
                            + " jdbc-pglite-wasm-runtime of the same version");
        }
        return new Distribution(resources, properties);
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

    /**
     * Returns where PostgreSQL's variables are in the main module.
     *
     * @throws DistributionException if that is not known, or of another binary
     */
    public PgBinary binary() {
        return binary.get();
    }

    private PgBinary readBinary(DistributionResources resources) {
        Properties facts = new Properties();
        try {
            facts.load(new StringReader(resources.text(DistributionLayout.BINARY)));
            PgBinary known = new PgBinary(facts);
            if (!known.wasmSha256.equals(wasmSha256)) {
                throw resources.damaged(
                        DistributionLayout.BINARY
                                + " tells of a pglite.wasm with SHA-256 "
                                + known.wasmSha256
                                + ", but PGlite "
                                + pgliteVersion
                                + " was made from "
                                + wasmSha256
                                + ": at those addresses it has other variables");
            }
            return known;
        } catch (IOException | IllegalArgumentException e) {
            throw resources.damaged(DistributionLayout.BINARY + ": " + e.getMessage(), e);
        }
    }

    /** Returns the main module, PostgreSQL itself. */
    public StoredMainModule main() {
        return main;
    }

    /** Returns the shared libraries that were compiled. */
    public List<StoredModule> sideModules() {
        return sideModules;
    }

    /**
     * Finds a compiled shared library.
     *
     * @param path its absolute path in the guest's file system
     */
    public Optional<StoredModule> sideModule(String path) {
        return sideModules.stream().filter(module -> module.path().equals(path)).findFirst();
    }

    /** Returns the files PGlite ships and their directories, parents first, by absolute path. */
    public List<StoredFile> bundleFiles() {
        return bundleFiles.get();
    }

    /** Returns the files and directories of a fresh data directory, parents first. */
    public List<StoredFile> pgdataFiles() {
        return pgdataFiles.get();
    }

    /** Returns the cluster that the build has booted. */
    public StoredBoot boot() {
        return boot;
    }
}
