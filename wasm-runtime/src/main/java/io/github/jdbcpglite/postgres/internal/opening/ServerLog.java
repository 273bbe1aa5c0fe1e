package io.github.jdbcpglite.postgres.internal.opening;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * PostgreSQL's standard error: passes its lines on to the platform's logging with their level and
 * keeps the last of them for error messages.
 *
 * <p>Safe for use by several threads.
 */
final class ServerLog extends OutputStream {
    /** PostgreSQL says so of each, whatever process made it, unless log_checkpoints is off. */
    private static final String CHECKPOINT = "LOG:  checkpoint complete: ";

    private static final int KEPT_LINES = 100;
    private static final int LONGEST_LINE = 64 * 1024;

    private final String cluster;
    private final Deque<String> lines = new ArrayDeque<>();
    private final ByteArrayOutputStream current = new ByteArrayOutputStream();
    private long checkpoints;

    ServerLog(String cluster) {
        this.cluster = cluster;
    }

    @Override
    public synchronized void write(int value) {
        if (value == '\n' || current.size() >= LONGEST_LINE) {
            line(current.toString(StandardCharsets.UTF_8));
            current.reset();
        }
        if (value != '\n') {
            current.write(value);
        }
    }

    @Override
    public synchronized void write(byte[] bytes, int offset, int length) {
        for (int i = 0; i < length; i++) {
            write(bytes[offset + i]);
        }
    }

    private void line(String line) {
        if (lines.size() == KEPT_LINES) {
            lines.removeFirst();
        }
        lines.addLast(line);
        if (line.contains(CHECKPOINT)) {
            checkpoints++;
        }
        log().log(level(line), "{0}: {1}", cluster, line);
    }

    /** PostgreSQL writes its severity after the prefix; an error of a statement is the client's. */
    private static System.Logger.Level level(String line) {
        if (line.contains("PANIC:  ") || line.contains("FATAL:  ")) {
            return System.Logger.Level.WARNING;
        }
        if (line.contains("WARNING:  ")) {
            return System.Logger.Level.INFO;
        }
        return System.Logger.Level.DEBUG;
    }

    /** Returns of how many checkpoints the log has told. */
    synchronized long checkpoints() {
        return checkpoints;
    }

    /** Returns the last lines, oldest first. */
    synchronized List<String> recent() {
        return List.copyOf(lines);
    }

    private static System.Logger log() {
        return System.getLogger("io.github.jdbcpglite.postgres");
    }
}
