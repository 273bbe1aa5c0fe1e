package io.github.jdbcpglite.postgres.internal.distribution;

/**
 * Names of the resources of an image and of the keys in {@code image.properties}, for the build
 * that writes them and the runtime that reads them.
 */
public final class DistributionLayout {
    /** Version of the layout; a runtime reads exactly its own. */
    public static final int FORMAT = 3;

    /** Directory of the resources, with a slash at the end. */
    public static final String ROOT = "io/github/jdbcpglite/image/";

    /** Package of the compiled classes; each module has a sub-package. */
    public static final String PACKAGE = "io.github.jdbcpglite.image";

    /** The properties, UTF-8. */
    public static final String PROPERTIES = "image.properties";

    /**
     * Where PostgreSQL's variables are in the binary, in the form of {@code PgBinary}: the SHA-256
     * of {@code pglite.wasm} as {@code wasm.sha256}, {@code address.NAME} and {@code offset.NAME}.
     */
    public static final String BINARY = "binary.properties";

    /** Directory of the files PGlite ships; {@link #FILES}{@code .index} lists them. */
    public static final String FILES = "files";

    /** Directory of the data directory; {@link #PGDATA}{@code .index} lists its files. */
    public static final String PGDATA = "pgdata";

    /** Suffix of the lists of files. */
    public static final String INDEX_SUFFIX = ".index";

    /** The list of the files of {@link #PGDATA}. */
    public static final String PGDATA_INDEX = PGDATA + INDEX_SUFFIX;

    /** Suffix of the list of those files that booting deletes. */
    public static final String GONE_SUFFIX = ".gone";

    /**
     * Directory of what booting with the default settings leaves: {@link #CLUSTER_IMAGE}, {@link
     * #SETTINGS}, and {@link #PGDATA} with the files that differ.
     */
    public static final String BOOT = "boot";

    /** The memory of the booted cluster, a stored {@code ClusterImage}. */
    public static final String CLUSTER_IMAGE = "cluster.image";

    /** The classes that its first statement needs, a name in each line, in that order. */
    public static final String FIRST_CLASSES = "first.classes";

    /** The settings it was booted with, as {@code ClusterSettings} writes them. */
    public static final String SETTINGS = "settings";

    /** Key of {@link #FORMAT}. */
    public static final String KEY_FORMAT = "format";

    /** Key of the version of the npm package. */
    public static final String KEY_PGLITE_VERSION = "pglite.version";

    /** Key of the version of PostgreSQL that PGlite was built from. */
    public static final String KEY_POSTGRES_VERSION = "postgres.version";

    /** Key of the SHA-256 of {@code pglite.wasm} as it was downloaded. */
    public static final String KEY_WASM_SHA256 = "pglite.wasm.sha256";

    /** Prefix of the keys of the main module. */
    public static final String MAIN = "main";

    /** Key of the number of side modules; their key prefixes are {@code side.0}, {@code side.1}… */
    public static final String KEY_SIDE_COUNT = "side.count";

    /** Prefix of the keys of a side module, before its number. */
    public static final String SIDE = "side.";

    /** Suffix of the main module's key: its resource with a stored {@code InstanceTemplate}. */
    public static final String MODULE_TEMPLATE = ".template";

    /** Suffix of the main module's key: its resource with the {@code MemoryImage} of its data. */
    public static final String MODULE_MEMORY = ".memory";

    /** Suffix of a side module's key: its resource without function bodies. */
    public static final String MODULE_WASM = ".wasm";

    /** Suffix of a module's key: its class, a {@code Machine} constructed from an instance. */
    public static final String MODULE_MACHINE = ".machine";

    /** Suffix of a module's key: the SHA-256 of the WebAssembly that was compiled. */
    public static final String MODULE_SHA256 = ".sha256";

    /** Suffix of a module's key: its path in the guest's file system. */
    public static final String MODULE_PATH = ".path";

    private DistributionLayout() {}
}
