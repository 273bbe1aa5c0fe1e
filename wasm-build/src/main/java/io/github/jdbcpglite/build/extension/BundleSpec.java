package io.github.jdbcpglite.build.extension;

import io.github.jdbcpglite.build.fetch.NpmPackage;
import io.github.jdbcpglite.build.icu.IcuData;
import java.util.List;
import java.util.Optional;

/**
 * A bundle of extensions: what it is called and where it comes from.
 *
 * @param name identifies the bundle; the last part of its package
 * @param artifact {@code groupId:artifactId} of the jar it is published in
 * @param source the npm package that holds the archives, or nothing for PGlite's own and for ICU
 */
public record BundleSpec(String name, String artifact, Optional<NpmPackage> source) {
    private static final String GROUP = "io.github.jdbcpglite:jdbc-pglite-";

    /** ICU's data, which no archive of PGlite has and ICU for Java does. */
    static final BundleSpec ICU = new BundleSpec("icu", GROUP + "icu", Optional.empty());

    /** Every bundle that is built. */
    public static final List<BundleSpec> ALL =
            List.of(
                    new BundleSpec("contrib", GROUP + "contrib", Optional.empty()),
                    of(
                            "pgvector",
                            "pgvector",
                            "0.0.15",
                            "0a279b589956711b92a1b5d1fc13bd2f17c7dd8694c1d7011fd65b9d1198f7ed"),
                    of(
                            "age",
                            "age",
                            "0.0.15",
                            "97cc3dbf0767c3bdeb228be0d671d30529c695a4ec0bb4d8c3db4581b5d93c1a"),
                    of(
                            "pg_hashids",
                            "pg-hashids",
                            "0.0.15",
                            "ba750e17879952ab526440ecb66c14e13e6510edbd5792cad4ab371e743ae9d0"),
                    of(
                            "pg_ivm",
                            "pg-ivm",
                            "0.0.15",
                            "4e200fa45894da5cbaa0d7aa623141949ce6d5606d957267db65c122111b79f5"),
                    of(
                            "pg_textsearch",
                            "pg-textsearch",
                            "0.0.16",
                            "f4c4171ca440c71b600106918aa467a94b584690ea99365264c98a79b89425db"),
                    of(
                            "pg_uuidv7",
                            "pg-uuidv7",
                            "0.0.15",
                            "911c2d7f2cd2cb299f79727721e845e7e187f9eb1a1ed8ce921cc62a8bc66cf8"),
                    of(
                            "pgmq",
                            "pgmq",
                            "0.0.6",
                            "f0f15fa7fe83cce940f6fce4b5115da7e68c9118463bf584b5dcc5b95912660b"),
                    of(
                            "pgtap",
                            "pgtap",
                            "0.0.15",
                            "ac214c27e10987c6623bef2100f98fc8a9977ed7026ddaf4b763d159c3c1ea01"),
                    ICU);

    private static BundleSpec of(String name, String artifact, String version, String sha256) {
        return new BundleSpec(
                name,
                GROUP + artifact,
                Optional.of(new NpmPackage("@electric-sql/pglite-" + name, version, sha256)));
    }

    /** Returns the bundle of a name, or nothing if there is none. */
    public static Optional<BundleSpec> named(String name) {
        return ALL.stream().filter(spec -> spec.name().equals(name)).findFirst();
    }

    /** Returns where its contents are from, for people. */
    String origin() {
        if (this.equals(ICU)) {
            return "com.ibm.icu:icu4j:" + IcuData.version();
        }
        return source.map(from -> from.name() + "@" + from.version())
                .orElse("@electric-sql/pglite");
    }

    /** Returns the package whose directory holds the bundle's resources and classes. */
    public String rootPackage() {
        return "io.github.jdbcpglite.extensions." + name + ".bundle";
    }
}
