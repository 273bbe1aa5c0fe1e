package io.github.jdbcpglite.engine;

import java.util.List;

/** A main module as an engine runs it. Immutable; safe for use by several threads. */
public interface MainModule {
    /** Returns the names of the functions that it imports, in the order of their numbers. */
    List<String> importedFunctions();
}
