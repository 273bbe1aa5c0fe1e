package io.github.jdbcpglite.benchmarks;

import io.github.jdbcpglite.benchmarks.JdbcRun.Target;
import io.github.jdbcpglite.conformance.server.OracleServer;
import io.github.jdbcpglite.jdbc.PGliteVersion;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Measures the contenders in turn and writes a table of medians and ratios.
 *
 * <p>Arguments: the file to write, the directories of the npm packages of PGlite and of its server
 * for sockets, the number of runs and, for a quick check that all of it works, a divisor of the
 * amounts of work. Without node or a package the contenders that need it are left out.
 */
public final class Benchmarks {
    private static final String PGLITE = "jdbc:pglite:";
    private static final String ENGINE = "-Dpglite.engine=";
    private static final String BYTECODE = ENGINE + "bytecode";
    private static final String SOCKET =
            "jdbc:postgresql://127.0.0.1:" + ServedContender.PORT + "/postgres?user=postgres";

    /** Name of a measure, and what the table calls it. */
    private static final String[][] ROWS = {
        {"first-result-at", "process start → first result (ms)"},
        {"first-5000", "first 5,000 small statements (ms)"},
        {"select-1-us", "SELECT 1 prepared, warm (µs)"},
        {"25k-inserts", "25k inserts in one transaction (ms)"},
        {"25k-batch-inserts", "25k inserts in batches of 500 (ms)"},
        {"5k-indexed-selects", "5k indexed selects (ms)"},
        {"25k-indexed-updates", "25k indexed updates (ms)"},
        {"aggregate", "aggregate of 200k rows, first runs (ms)"},
        {"aggregate-warm", "aggregate of 200k rows, warm (ms)"},
        {"sort", "sort of 200k rows, first runs (ms)"},
        {"sort-warm", "sort of 200k rows, warm (ms)"},
        {"hash-join", "join of 200k and 200k rows, first runs (ms)"},
        {"hash-join-warm", "join of 200k and 200k rows, warm (ms)"},
        {"window", "window function over 200k rows, first runs (ms)"},
        {"window-warm", "window function over 200k rows, warm (ms)"},
        {"connection", "another connection (ms)"},
        {"paced-connection", "another connection, 25 ms after the last (ms)"},
        {"empty-database", "another empty cluster (ms)"},
        {"clone", "clone of a cluster with 50 tables (ms)"},
        {"connection-heap-kb", "heap of one more connection (KB)"},
        {"clone-heap-kb", "heap of one more clone (KB)"},
        {"resident-mb", "resident memory at the first result (MB)"},
    };

    private final Path nodePackage;
    private final Path socketPackage;
    private final int divisor;

    private Benchmarks(Path nodePackage, Path socketPackage, int divisor) {
        this.nodePackage = nodePackage.toAbsolutePath();
        this.socketPackage = socketPackage.toAbsolutePath();
        this.divisor = divisor;
    }

    /** Runs the benchmarks. */
    public static void main(String[] args) throws Exception {
        int divisor = args.length > 4 ? Integer.parseInt(args[4]) : 1;
        String table =
                new Benchmarks(Path.of(args[1]), Path.of(args[2]), divisor)
                        .measure(Integer.parseInt(args[3]));
        Files.writeString(Path.of(args[0]), table);
        System.out.println(table);
    }

    /** Runs every contender a number of times and returns the table. */
    String measure(int runs) throws Exception {
        // The same machine and file system as the others.
        System.setProperty("conformance.oracle", "binaries");
        try (OracleServer server = OracleServer.start()) {
            List<Contender> contenders = contenders(server.urlTemplate());
            for (int run = 0; run < runs; run++) {
                for (Contender contender : contenders) {
                    contender.run();
                }
            }
            return table(contenders, runs);
        }
    }

    private List<Contender> contenders(String nativeTemplate) throws Exception {
        List<Contender> contenders = new ArrayList<>();
        if (PGliteVersion.usualEngine().equals("native")) {
            contenders.add(
                    new Contender(
                            "jdbc-pglite, native code",
                            java(List.of(ENGINE + "native"), PGLITE, Target.POSTGRESQL)));
        }
        contenders.add(
                new Contender("jdbc-pglite", java(List.of(BYTECODE), PGLITE, Target.POSTGRESQL)));
        contenders.add(
                new Contender(
                        "jdbc-pglite, C1 only",
                        java(
                                List.of(BYTECODE, "-XX:TieredStopAtLevel=1"),
                                PGLITE,
                                Target.POSTGRESQL)));
        contenders.add(
                new Contender(
                        "native PostgreSQL",
                        java(List.of(), nativeUrl(nativeTemplate), Target.POSTGRESQL)));
        contenders.add(new Contender("H2", java(List.of(), "jdbc:h2:mem:bench", Target.H2)));
        String inNode = "PGlite in node";
        if (canRun(inNode, nodePackage)) {
            contenders.add(
                    new Contender(
                            inNode, node("pglite.mjs", nodePackage, Integer.toString(divisor))));
        }
        String behindSocket = "PGlite behind a socket";
        if (canRun(behindSocket, nodePackage, socketPackage)) {
            contenders.add(
                    new ServedContender(
                            behindSocket,
                            node("pglite-socket.mjs", nodePackage, socketPackage.toString()),
                            java(List.of(), SOCKET, Target.POSTGRESQL_OF_ONE_CONNECTION)));
        }
        return contenders;
    }

    private static boolean canRun(String contender, Path... packages) {
        Optional<String> missing =
                Stream.of(packages)
                        .filter(each -> !Files.isDirectory(each))
                        .map(Path::toString)
                        .findFirst()
                        .or(() -> hasNode() ? Optional.empty() : Optional.of("node"));
        missing.ifPresent(what -> System.out.println(contender + " is left out: no " + what));
        return missing.isEmpty();
    }

    private static List<String> node(String resource, Path nodePackage, String argument)
            throws IOException {
        Path script = Files.createTempFile("pglite", ".mjs");
        script.toFile().deleteOnExit();
        try (InputStream source =
                Objects.requireNonNull(Benchmarks.class.getResourceAsStream(resource))) {
            Files.copy(source, script, StandardCopyOption.REPLACE_EXISTING);
        }
        return List.of("node", script.toString(), nodePackage.toString(), argument);
    }

    private static String nativeUrl(String template) {
        return template.replace("{database}", "postgres");
    }

    private List<String> java(List<String> flags, String url, Target target) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-Xmx256m");
        command.addAll(flags);
        command.addAll(List.of("-cp", System.getProperty("java.class.path")));
        command.addAll(
                List.of(JdbcRun.class.getName(), url, target.name(), Integer.toString(divisor)));
        return command;
    }

    private static boolean hasNode() {
        try {
            return new ProcessBuilder("node", "--version")
                            .redirectErrorStream(true)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private String table(List<Contender> contenders, int runs) {
        Contender own = contenders.get(0);
        StringBuilder text = new StringBuilder();
        text.append(
                String.format(
                        Locale.ROOT,
                        "Medians of %d runs, %s, JDK %s, %d cores (%s); the ratio after a figure is"
                                + " that of jdbc-pglite's to it.%n%n|  |",
                        runs,
                        LocalDate.now(java.time.ZoneOffset.UTC),
                        System.getProperty("java.version"),
                        Runtime.getRuntime().availableProcessors(),
                        System.getProperty("os.arch")));
        contenders.forEach(contender -> text.append(' ').append(contender.name()).append(" |"));
        text.append("\n|---|").append("---|".repeat(contenders.size())).append('\n');
        for (String[] row : ROWS) {
            text.append("| ").append(row[1]).append(" |");
            for (Contender contender : contenders) {
                text.append(' ').append(cell(own, contender, row[0])).append(" |");
            }
            text.append('\n');
        }
        return text.toString();
    }

    private static String cell(Contender own, Contender contender, String measure) {
        double value = contender.median(measure);
        if (Double.isNaN(value)) {
            return "–";
        }
        String figure = String.format(Locale.ROOT, value < 100 ? "%.1f" : "%.0f", value);
        return contender == own
                ? figure
                : figure + String.format(Locale.ROOT, " (%.2f)", own.median(measure) / value);
    }
}
