package io.github.jdbcpglite.postgres.internal.opening;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which jar of this project holds an extension or library, for messages. A jar that is not on the
 * class path cannot be asked, so the list is here; a test compares it with all jars. Stateless.
 */
public final class ExtensionNames {
    private static final String ARTIFACT = "io.github.jdbcpglite:jdbc-pglite-";

    private static final Map<String, String> ARTIFACTS = artifactsOfJars();

    private ExtensionNames() {}

    private static Map<String, String> artifactsOfJars() {
        Map<String, String> artifacts = new HashMap<>();
        jar(
                artifacts,
                "contrib",
                """
                amcheck auto_explain autoinc bloom btree_gin btree_gist citext cube dict_int
                dict_xsyn earthdistance file_fdw fuzzystrmatch hstore insert_username intarray isn
                lo ltree moddatetime pageinspect passwordcheck pg_buffercache pg_freespacemap
                pg_logicalinspect pg_overexplain pg_stat_statements pg_surgery pg_trgm
                pg_visibility pg_walinspect pgcrypto refint seg spi tablefunc tcn tsm_system_rows
                tsm_system_time unaccent uuid-ossp
                """);
        jar(artifacts, "pgvector", "vector");
        jar(artifacts, "age", "age");
        jar(artifacts, "pg-hashids", "pg_hashids");
        jar(artifacts, "pg-ivm", "pg_ivm");
        jar(artifacts, "pg-textsearch", "pg_textsearch");
        jar(artifacts, "pg-uuidv7", "pg_uuidv7");
        jar(artifacts, "pgmq", "pgmq");
        jar(artifacts, "pgtap", "pgtap");
        jar(artifacts, "icu", "icu");
        return Map.copyOf(artifacts);
    }

    private static void jar(Map<String, String> artifacts, String jar, String names) {
        for (String name : names.strip().split("\\s+", -1)) {
            artifacts.put(name, ARTIFACT + jar);
        }
    }

    /** Returns {@code groupId:artifactId} of the jar for each extension or library of a jar. */
    public static Map<String, String> artifacts() {
        return ARTIFACTS;
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
