package io.github.jdbcpglite.extensions;

import io.github.jdbcpglite.conformance.server.OracleServer;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.Arrays;
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

    /** The libraries of the jars on the class path; pg_textsearch has to be preloaded. */
    private static final String LIBRARIES =
            """
            SELECT regexp_replace(file, '[.]so$', '') FROM pg_config, pg_ls_dir(setting) AS file
            WHERE name = 'PKGLIBDIR' AND file LIKE '%.so' AND file NOT LIKE '%\\_and\\_%'
            AND file NOT IN ('dict_snowball.so', 'euc2004_sjis2004.so', 'libpqwalreceiver.so',
                'pgoutput.so', 'plpgsql.so', 'pg_textsearch.so')
            ORDER BY 1\
            """;

    private LoadTimes() {}

    /** Prints a table. */
    public static void main(String[] arguments) throws Exception {
        try (OracleServer server = OracleServer.start();
                Db keepsOpen = Db.open(PGLITE)) {
            String nativeUrl = server.urlTemplate().replace("{database}", "postgres");
            OUT.println("| Library | first, ms | later, ms | native, ms | later ÷ native |");
            OUT.println("|---|---|---|---|---|");
            for (String library : keepsOpen.rows(LIBRARIES)) {
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
