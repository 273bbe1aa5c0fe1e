package io.github.jdbcpglite.extensions;

import io.github.jdbcpglite.conformance.server.OracleServer;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Measures what docs/EXTENSIONS.md tells of load times: LOAD in a fresh backend, the first one of
 * this JVM and the median of later ones, beside a native server. A program, not a test.
 */
final class LoadTimes {
    private static final PrintStream OUT =
            new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
    private static final int BACKENDS = 5;
    private static final String PGLITE = "jdbc:pglite:memory:load-times";

    /**
     * Libraries by name, of contrib and of the further artifacts; SQL-only extensions have none.
     */
    private static final List<String> LIBRARIES =
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
                    "_int",
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
                    "tablefunc",
                    "tcn",
                    "tsm_system_rows",
                    "tsm_system_time",
                    "unaccent",
                    "uuid-ossp",
                    "vector",
                    "age",
                    "pg_hashids",
                    "pg_ivm",
                    "pg_uuidv7");

    private LoadTimes() {}

    /** Prints a table. */
    public static void main(String[] arguments) throws Exception {
        try (OracleServer server = OracleServer.start();
                Db keepsOpen = Db.open(PGLITE)) {
            keepsOpen.run("SELECT 1");
            String nativeUrl = server.urlTemplate().replace("{database}", "postgres");
            OUT.println("| Library | first, ms | later, ms | native, ms | later ÷ native |");
            OUT.println("|---|---|---|---|---|");
            for (String library : LIBRARIES) {
                double first = load(PGLITE, library);
                double later = later(PGLITE, library);
                double other = isOfServer(nativeUrl, library) ? later(nativeUrl, library) : 0;
                OUT.printf(
                        Locale.ROOT,
                        "| %s | %.1f | %.1f | %s | %s |%n",
                        library,
                        first,
                        later,
                        other == 0 ? "–" : String.format(Locale.ROOT, "%.1f", other),
                        other == 0 ? "–" : String.format(Locale.ROOT, "%.1f", later / other));
            }
        }
    }

    private static boolean isOfServer(String url, String library) {
        try {
            load(url, library);
            return true;
        } catch (SQLException e) {
            return false; // not part of the server's distribution
        }
    }

    private static double later(String url, String library) throws SQLException {
        double[] times = new double[BACKENDS];
        for (int i = 0; i < BACKENDS; i++) {
            times[i] = load(url, library);
        }
        Arrays.sort(times);
        return times[BACKENDS / 2];
    }

    private static double load(String url, String library) throws SQLException {
        try (Db backend = Db.open(url)) {
            backend.run("SELECT 1");
            long start = System.nanoTime();
            backend.run("LOAD '" + library + "'");
            return (System.nanoTime() - start) / 1e6;
        }
    }
}
