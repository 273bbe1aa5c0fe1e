package io.github.jdbcpglite.jdbc;

import java.util.List;

/** What is known of an open cluster at one moment. Immutable. */
public interface PGliteClusterInfo {
    /** Returns the name, such as {@code memory:} or {@code file:} and a path. */
    String getName();

    /**
     * Returns the name of the engine that runs its code: {@code native} or {@code bytecode}; see
     * the property {@code pglite.engine}.
     */
    String getEngine();

    /** Returns how many backends run, those of TCP clients included. */
    int getConnections();

    /** Returns what happens and has happened in it. */
    PGliteClusterMetrics getMetrics();

    /** Returns PostgreSQL's last log lines, oldest first; a bounded number of them. */
    List<String> getRecentLog();
}
