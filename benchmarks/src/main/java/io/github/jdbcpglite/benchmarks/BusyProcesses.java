package io.github.jdbcpglite.benchmarks;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Processes that compute for as long as this is open, or this JVM lives. Not thread-safe. */
final class BusyProcesses implements AutoCloseable {
    private static final String LOOP =
            "while kill -0 $PPID 2>/dev/null; do"
                    + " i=0; while [ $i -lt 20000 ]; do i=$((i+1)); done; done";

    private final List<Process> processes = new ArrayList<>();

    /** Starts a number of them; those that could be started end with {@link #close}. */
    void start(int count) throws IOException {
        for (int i = 0; i < count; i++) {
            processes.add(new ProcessBuilder("sh", "-c", LOOP).start());
        }
    }

    @Override
    public void close() {
        processes.forEach(Process::destroyForcibly);
        for (Process process : processes) {
            try {
                process.waitFor();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return; // they have been told
            }
        }
    }
}
