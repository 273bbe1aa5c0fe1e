package io.github.jdbcpglite.testing;

import io.github.jdbcpglite.jdbc.PGliteDataSource;
import io.github.jdbcpglite.jdbc.PGliteScope;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Deque;
import javax.sql.DataSource;

/** A database of one test, made by a {@link PGliteTemplate}. Thread-safe. */
public final class PGliteTestDatabase implements AutoCloseable {
    private final Copies copies;
    private final String name;
    private final String template;
    private final Deque<String> saved = new ArrayDeque<>();

    /** So that nobody else who uses it, such as an application context, closes it at his end. */
    private final PGliteScope scope;

    private boolean closed;

    private PGliteTestDatabase(Copies copies, String name, String template, PGliteScope scope) {
        this.copies = copies;
        this.name = name;
        this.template = template;
        this.scope = scope;
    }

    static PGliteTestDatabase copyOf(Copies copies, String template) throws SQLException {
        PGliteScope scope = PGliteScope.begin();
        String name = copies.copyOf(template);
        scope.add(copies.url(name));
        return new PGliteTestDatabase(copies, name, template, scope);
    }

    /** Returns the URL; user and password are not needed. */
    public String getUrl() {
        return copies.url(name);
    }

    /** Returns a new data source, every connection of which is new. */
    public DataSource getDataSource() {
        PGliteDataSource dataSource = new PGliteDataSource();
        dataSource.setUrl(getUrl());
        return dataSource;
    }

    /**
     * Makes it as it was when it was created. Its connections are ended, and what was saved is
     * forgotten.
     *
     * @throws SQLException if it is closed, or PostgreSQL fails to
     */
    public synchronized void reset() throws SQLException {
        ensureOpen();
        copies.replace(name, template);
        dropSaved();
    }

    /**
     * Keeps its present state for {@link #restore}. Its connections are ended.
     *
     * @throws SQLException if it is closed, or PostgreSQL fails to
     */
    public synchronized void save() throws SQLException {
        ensureOpen();
        saved.push(copies.keep(name));
    }

    /**
     * Goes back to the state of the last {@link #save}, which can be restored again. Its
     * connections are ended.
     *
     * @throws SQLException if nothing is saved, it is closed, or PostgreSQL fails to
     */
    public synchronized void restore() throws SQLException {
        ensureOpen();
        String last = saved.peek();
        if (last == null) {
            throw new SQLException("Nothing is saved: call save() before restore()", "55000");
        }
        copies.replace(name, last);
    }

    /** Returns whether there is a state that {@link #restore} goes back to. */
    public synchronized boolean hasSaved() {
        return !saved.isEmpty();
    }

    /**
     * Keeps its present state for any number of databases to {@link #become}, as long as the JVM
     * lives. Its connections are ended.
     *
     * @throws SQLException if it is closed, or PostgreSQL fails to
     */
    public synchronized PGliteSavedState keep() throws SQLException {
        ensureOpen();
        return new PGliteSavedState(copies, copies.keep(name));
    }

    /**
     * Becomes a copy of a database whose state was kept, and forgets what was saved. Its
     * connections are ended; {@link #reset} still goes back to its template.
     *
     * @param state of a database of the same kind
     * @throws SQLException if it is closed, or PostgreSQL fails to
     */
    public synchronized void become(PGliteSavedState state) throws SQLException {
        ensureOpen();
        if (state.copies() != copies) {
            throw new SQLException("The state is that of a database of another kind", "55000");
        }
        copies.replace(name, state.name());
        dropSaved();
    }

    /** Drops the database and ends its connections. Idempotent. */
    @Override
    public synchronized void close() throws SQLException {
        if (!closed) {
            closed = true;
            try (scope) {
                dropSaved();
                copies.drop(name);
            }
        }
    }

    private void dropSaved() throws SQLException {
        for (String copy = saved.poll(); copy != null; copy = saved.poll()) {
            copies.drop(copy);
        }
    }

    private void ensureOpen() throws SQLException {
        if (closed) {
            throw new SQLException("The test database " + name + " is closed", "55000");
        }
    }
}
