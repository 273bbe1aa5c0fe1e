package io.github.jdbcpglite.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.sql.SQLException;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jline.terminal.TerminalBuilder;
import org.jline.terminal.spi.SystemStream;
import org.jline.terminal.spi.TerminalProvider;

/** Tells on standard error how far long work has come, if that is a terminal. Not thread-safe. */
final class Progress {
    /** Shorter work needs no telling. */
    private static final long FIRST_MILLIS = 1000;

    private static final long MILLIS = 250;
    private static final long KIB = 1024;

    private final PrintWriter err;
    private final Supplier<String> text;
    private final Thread thread;
    private boolean closed;
    private boolean shown;

    private Progress(PrintWriter err, Supplier<String> text) {
        this.err = err;
        this.text = text;
        this.thread = new Thread(this::run, "jdbc-pglite-progress");
        thread.setDaemon(true);
    }

    /** What takes time. */
    interface Work {
        int run() throws SQLException, IOException;
    }

    /**
     * Tells as long as the work takes.
     *
     * @param text what is told, without the time; called by another thread
     * @return what the work answers
     */
    static int during(PrintWriter err, Supplier<String> text, Work work)
            throws SQLException, IOException {
        Progress progress = new Progress(err, text);
        if (isTerminal()) {
            progress.thread.start();
        }
        try {
            return work.run();
        } finally {
            progress.close();
        }
    }

    private static boolean isTerminal() {
        if (!StandardStreams.mayBeTerminal()) {
            return false;
        }
        try {
            for (TerminalProvider provider :
                    TerminalBuilder.builder().getProviders(null, new IllegalStateException())) {
                if (provider.isSystemStream(SystemStream.Error)) {
                    return true;
                }
            }
        } catch (IllegalStateException e) {
            // It cannot be told, so nothing is.
            return false;
        }
        return false;
    }

    private synchronized void run() {
        long start = System.nanoTime();
        try {
            awaitClose(FIRST_MILLIS);
            while (!closed) {
                long seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - start);
                err.print("\r" + text.get() + ", " + seconds + " s\u001b[K");
                err.flush();
                shown = true;
                awaitClose(MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void awaitClose(long millis) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        for (long rest = millis; !closed && rest > 0; ) {
            wait(rest);
            rest = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
        }
    }

    /** Returns a number of bytes for people. */
    static String size(long bytes) {
        return bytes < KIB * KIB
                ? bytes / KIB + " KiB"
                : String.format(Locale.ROOT, "%.1f MiB", bytes / (double) (KIB * KIB));
    }

    /** Ends, and takes the line away. */
    private synchronized void close() {
        closed = true;
        notifyAll();
        if (shown) {
            err.print("\r\u001b[K");
            err.flush();
        }
    }
}
