package io.github.jdbcpglite.jdbc;

import java.util.List;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;

/** Collects log records of every level. */
public final class ListHandler extends Handler {
    private final List<LogRecord> records;

    /**
     * Makes one.
     *
     * @param records safe for use by several threads
     */
    public ListHandler(List<LogRecord> records) {
        this.records = records;
        setLevel(Level.ALL);
    }

    @Override
    public void publish(LogRecord logged) {
        records.add(logged);
    }

    @Override
    public void flush() {
        // Nothing is kept back.
    }

    @Override
    public void close() {
        // There is nothing to close.
    }
}
