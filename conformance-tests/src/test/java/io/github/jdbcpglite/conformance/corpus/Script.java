package io.github.jdbcpglite.conformance.corpus;

import io.github.jdbcpglite.conformance.server.QueryMode;
import java.util.List;

/**
 * A file of the corpus.
 *
 * @param area the folder it lies in
 * @param name the file's name without its ending
 * @param modes the query modes it runs in; empty for those the run asks for
 * @param statements what it holds, in order
 */
public record Script(
        String area, String name, List<QueryMode> modes, List<ScriptStatement> statements) {

    /** Keeps its own copies of the lists. */
    public Script {
        modes = List.copyOf(modes);
        statements = List.copyOf(statements);
    }

    /** Returns the path below the corpus directory, which failures name. */
    public String path() {
        return area + "/" + name + ".sql";
    }

    /** Returns the name of the database it runs in, the same on both sides. */
    public String database() {
        return ("corpus_" + area + "_" + name).replaceAll("[^a-z0-9_]", "_");
    }
}
