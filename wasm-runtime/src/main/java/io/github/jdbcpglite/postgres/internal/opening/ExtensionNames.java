package io.github.jdbcpglite.postgres.internal.opening;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Which jar of this project holds an extension or library, for messages. Stateless. */
final class ExtensionNames {
    private static final String GROUP = "io.github.jdbcpglite:";

    private static final List<String> CONTRIB =
            List.of(
                    "amcheck",
                    "auto_explain",
                    "autoinc",
                    "bloom",
                    "btree_gin",
                    "btree_gist",
                    "citext",
                    "cube",
                    "dict_int",
                    "dict_xsyn",
                    "earthdistance",
                    "file_fdw",
                    "fuzzystrmatch",
                    "hstore",
                    "insert_username",
                    "intarray",
                    "isn",
                    "lo",
                    "ltree",
                    "moddatetime",
                    "pageinspect",
                    "passwordcheck",
                    "pg_buffercache",
                    "pg_freespacemap",
                    "pg_logicalinspect",
                    "pg_overexplain",
                    "pg_stat_statements",
                    "pg_surgery",
                    "pg_trgm",
                    "pg_visibility",
                    "pg_walinspect",
                    "pgcrypto",
                    "refint",
                    "seg",
                    "spi",
                    "tablefunc",
                    "tcn",
                    "tsm_system_rows",
                    "tsm_system_time",
                    "unaccent",
                    "uuid-ossp");

    private static final Map<String, String> ARTIFACTS = artifacts();

    private ExtensionNames() {}

    private static Map<String, String> artifacts() {
        Map<String, String> artifacts = new HashMap<>();
        CONTRIB.forEach(name -> artifacts.put(name, GROUP + "jdbc-pglite-contrib"));
        artifacts.put("vector", GROUP + "jdbc-pglite-pgvector");
        for (String name :
                List.of(
                        "age",
                        "pg_hashids",
                        "pg_ivm",
                        "pg_textsearch",
                        "pg_uuidv7",
                        "pgmq",
                        "pgtap")) {
            artifacts.put(name, GROUP + "jdbc-pglite-" + name.replace('_', '-'));
        }
        return Map.copyOf(artifacts);
    }

    /**
     * Returns {@code groupId:artifactId} of the jar that holds an extension or library, or {@code
     * null} if none does.
     */
    static @Nullable String artifactOf(String name) {
        return ARTIFACTS.get(name);
    }

    /** Returns whether an extension is one that was tried and does not load. */
    static boolean cannotBeLoaded(String name) {
        return name.startsWith("postgis");
    }
}
