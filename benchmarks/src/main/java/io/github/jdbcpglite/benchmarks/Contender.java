package io.github.jdbcpglite.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What is measured, and what its runs gave. Not thread-safe. */
class Contender {
    private final String name;
    private final List<String> command;
    private final Map<String, List<Double>> measures = new LinkedHashMap<>();

    /**
     * Creates a contender.
     *
     * @param name for the table
     * @param command runs it once
     */
    Contender(String name, List<String> command) {
        this.name = name;
        this.command = command;
    }

    final String name() {
        return name;
    }

    /**
     * Runs it once.
     *
     * @throws IOException if the process fails; its output is in the message
     */
    void run() throws IOException, InterruptedException {
        measure(command);
    }

    /** Runs a command and keeps what it measures. */
    final void measure(List<String> client) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(client).redirectErrorStream(true);
        long start = System.currentTimeMillis();
        Process process = builder.start();
        Map<String, Double> values = new HashMap<>();
        List<String> other = new ArrayList<>();
        try (BufferedReader reader =
                new BufferedReader(
                        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            String line;
            while ((line = reader.readLine()) != null) {
                String[] parts = line.split(" ", -1);
                if (parts.length == 2 && parts[1].matches("[0-9.]+(E[0-9]+)?")) {
                    values.put(parts[0], Double.parseDouble(parts[1]));
                    if (parts[0].equals("first-result-at")) {
                        measureMemory(process, values);
                    }
                } else {
                    other.add(line);
                }
            }
        }
        if (process.waitFor() != 0) {
            throw new IOException(name + " failed:\n" + String.join("\n", other));
        }
        values.computeIfPresent("first-result-at", (key, at) -> at - start);
        values.forEach(
                (key, value) -> measures.computeIfAbsent(key, k -> new ArrayList<>()).add(value));
    }

    /** Linux only; other systems have no such line in the table. */
    private static void measureMemory(Process process, Map<String, Double> values)
            throws IOException {
        Path status = Path.of("/proc/" + process.pid() + "/status");
        if (Files.isReadable(status)) {
            for (String line : Files.readAllLines(status)) {
                if (line.startsWith("VmRSS:")) {
                    String kilobytes = line.replaceAll("[^0-9]", "");
                    values.put("resident-mb", Double.parseDouble(kilobytes) / 1024);
                }
            }
        }
    }

    /** Returns the median of a measure over the runs, or NaN if it has none. */
    final double median(String measure) {
        List<Double> values = measures.getOrDefault(measure, List.of());
        return values.isEmpty()
                ? Double.NaN
                : JdbcRun.median(values.stream().mapToDouble(Double::doubleValue).toArray());
    }
}
