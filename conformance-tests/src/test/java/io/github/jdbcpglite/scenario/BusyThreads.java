package io.github.jdbcpglite.scenario;

import java.util.ArrayList;
import java.util.List;

/** Threads that compute until this is closed, so that others have to wait for processors. */
final class BusyThreads implements AutoCloseable {
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean closed;

    /** Starts a number of them. */
    void start(int count) {
        for (int i = 0; i < count; i++) {
            Thread thread = new Thread(this::compute, "scenario-busy");
            thread.setDaemon(true);
            thread.start();
            threads.add(thread);
        }
    }

    private void compute() {
        double value = 1;
        while (!closed) {
            value = Math.sqrt(value + 1);
        }
        assert value > 0; // so that it is computed
    }

    @Override
    public void close() {
        closed = true;
        try {
            for (Thread thread : threads) {
                thread.join();
            }
        } catch (InterruptedException e) {
            // They end without anybody waiting.
            Thread.currentThread().interrupt();
        }
    }
}
