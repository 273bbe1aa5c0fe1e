package io.github.jdbcpglite.build.fetch;

import io.github.jdbcpglite.build.release.PgliteRelease;

/**
 * A pinned npm package.
 *
 * @param name its name with scope, as npm spells it
 * @param version the exact version
 * @param sha256 SHA-256 of the packed archive, lower-case hexadecimal
 */
public record NpmPackage(String name, String version, String sha256) {
    /** The PGlite release this project is made for. */
    public static final NpmPackage PGLITE =
            new NpmPackage(
                    PgliteRelease.pinned().npmName(),
                    PgliteRelease.pinned().npmVersion(),
                    PgliteRelease.pinned().npmSha256());

    /** Returns the package as the npm client wants it named: {@code name@version}. */
    String spec() {
        return name + "@" + version;
    }

    /** Returns the file name that {@code npm pack} gives the archive. */
    String archiveName() {
        return name.replace("@", "").replace('/', '-') + "-" + version + ".tgz";
    }
}
