package io.github.jdbcpglite.postgres.internal.distribution;

/**
 * Names of the resources of a bundle of extensions and of the keys in {@code bundle.properties},
 * for the build that writes them and the runtime that reads them.
 *
 * <p>Modules are listed as in an image ({@link DistributionLayout#SIDE}). A unit's files lie below
 * {@code units/NAME/} by guest path and are listed in {@code units/NAME.index}.
 */
public final class BundleLayout {
    /** Version of the layout; a runtime reads exactly its own. */
    public static final int FORMAT = 2;

    /** Directory of the resources below the package of the bundle's provider. */
    public static final String DIRECTORY = "bundle/";

    /** The properties, UTF-8. */
    public static final String PROPERTIES = "bundle.properties";

    /** Directory of the units. */
    public static final String UNITS = "units";

    /** Key of the bundle's name. */
    public static final String KEY_NAME = "name";

    /** Key of {@code groupId:artifactId} of the jar. */
    public static final String KEY_ARTIFACT = "artifact";

    /** Key of the npm package and its version. */
    public static final String KEY_SOURCE = "source";

    /** Key of the number of units; their key prefixes are {@code unit.0}, {@code unit.1}… */
    public static final String KEY_UNIT_COUNT = "unit.count";

    /** Prefix of the keys of a unit, before its number. */
    public static final String UNIT = "unit.";

    /** Suffix of a unit's key: its name. */
    public static final String UNIT_NAME = ".name";

    /** Suffix of a unit's key: {@code NAME VERSION} of each extension, comma-separated. */
    public static final String UNIT_EXTENSIONS = ".extensions";

    /** Suffix of a unit's key: names of libraries, comma-separated. */
    public static final String UNIT_LIBRARIES = ".libraries";

    /** Suffix of a unit's key: extensions that its own need, comma-separated. */
    public static final String UNIT_REQUIRES = ".requires";

    /** Suffix of a unit's key: SHA-256 of its index. */
    public static final String UNIT_INDEX_SHA256 = ".index.sha256";

    private BundleLayout() {}
}
