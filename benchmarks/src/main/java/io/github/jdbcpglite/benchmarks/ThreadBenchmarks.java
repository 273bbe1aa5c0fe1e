package io.github.jdbcpglite.benchmarks;

import io.github.jdbcpglite.conformance.server.OracleServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Compares jdbc-pglite with native PostgreSQL where several threads have connections, on a machine
 * that is otherwise quiet and on one with four times as many busy processes as processors.
 *
 * <p>Arguments: the file to write, the number of runs and, for a quick check that all of it works,
 * a divisor of the times. Each run has each contender in turn, in both circumstances.
 */
public final class ThreadBenchmarks {
    private static final int BUSY_PER_PROCESSOR = 4;
    private static final String[] PREFIXES = {"", "busy-"};

    private final int divisor;

    private ThreadBenchmarks(int divisor) {
        this.divisor = divisor;
    }

    /** Runs the benchmarks. */
    public static void main(String[] args) throws Exception {
        int divisor = args.length > 2 ? Integer.parseInt(args[2]) : 1;
        String table = new ThreadBenchmarks(divisor).measure(Integer.parseInt(args[1]));
        Files.writeString(Path.of(args[0]), table);
        System.out.println(table);
    }

    private String measure(int runs) throws Exception {
        // The same machine and file system as the other.
        System.setProperty("conformance.oracle", "binaries");
        try (OracleServer server = OracleServer.start()) {
            String url = server.urlTemplate().replace("{database}", "postgres");
            Contender own = new Contender("jdbc-pglite", List.of());
            Contender other = new Contender("native PostgreSQL", List.of());
            int processors = Runtime.getRuntime().availableProcessors();
            int busy = divisor > 1 ? 1 : BUSY_PER_PROCESSOR * processors;
            for (int run = 0; run < runs; run++) {
                for (String prefix : PREFIXES) {
                    try (BusyProcesses load = new BusyProcesses()) {
                        load.start(prefix.isEmpty() ? 0 : busy);
                        own.measure(command("jdbc:pglite:memory:threads", prefix));
                        other.measure(command(url, prefix));
                    }
                }
            }
            return table(own, other, runs, busy);
        }
    }

    private List<String> command(String url, String prefix) {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        return List.of(
                java,
                "-Xmx512m",
                "-cp",
                System.getProperty("java.class.path"),
                ThreadsRun.class.getName(),
                url,
                prefix,
                Integer.toString(divisor));
    }

    private static String table(Contender own, Contender other, int runs, int busy) {
        StringBuilder text = new StringBuilder();
        text.append(
                String.format(
                        Locale.ROOT,
                        "Medians of %d runs, %s, JDK %s, %d cores (%s); busy: beside %d processes"
                                + " that compute. The ratio is that of jdbc-pglite to native"
                                + " PostgreSQL.%n%n"
                                + "|  | jdbc-pglite | native | ratio | busy: jdbc-pglite | native |"
                                + " ratio |%n|---|---|---|---|---|---|---|%n",
                        runs,
                        LocalDate.now(java.time.ZoneOffset.UTC),
                        System.getProperty("java.version"),
                        Runtime.getRuntime().availableProcessors(),
                        System.getProperty("os.arch"),
                        busy));
        for (String[] row : rows()) {
            text.append("| ").append(row[1]).append(" |");
            for (String prefix : PREFIXES) {
                double mine = own.median(prefix + row[0]);
                text.append(' ').append(figure(mine)).append(" |");
                if (row[0].endsWith(ThreadsRun.WAITS)) {
                    text.append(" – | – |"); // nothing like it there
                    continue;
                }
                double right = other.median(prefix + row[0]);
                text.append(' ').append(figure(right)).append(" | ");
                text.append(String.format(Locale.ROOT, "%.2f |", mine / right));
            }
            text.append('\n');
        }
        return text.toString();
    }

    /** Names of measures, and what the table calls them. */
    private static List<String[]> rows() {
        List<String[]> rows = new ArrayList<>();
        for (String[] kind : ThreadsRun.KINDS) {
            for (int threads : ThreadsRun.THREADS) {
                String name = kind[0] + "-" + threads;
                String title = kind[1] + ", " + threads + (threads == 1 ? " thread" : " threads");
                rows.add(new String[] {name, title + " (per second)"});
                rows.add(new String[] {name + "-p99", title + ", 99th percentile (ms)"});
                rows.add(
                        new String[] {
                            name + ThreadsRun.WAITS, title + ", waits for a turn in each"
                        });
            }
        }
        rows.add(new String[] {"connects", ThreadsRun.CONNECTS + " connects at once, each (ms)"});
        rows.add(new String[] {"terminate", "pg_terminate_backend of a blocked client (ms)"});
        rows.add(new String[] {"terminate-max", "the longest of those (ms)"});
        return rows;
    }

    private static String figure(double value) {
        return String.format(
                Locale.ROOT, value < 1 ? "%.2f" : value < 100 ? "%.1f" : "%.0f", value);
    }
}
