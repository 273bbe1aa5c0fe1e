package io.github.jdbcpglite.conformance.isolation;

import io.github.jdbcpglite.conformance.answer.NormaliseRule;
import io.github.jdbcpglite.conformance.corpus.ScriptStatement;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A multi-session script.
 *
 * @param name the file's name without its ending
 * @param setup run before each permutation by a session of its own
 * @param teardown run after each permutation by the same session
 * @param sessions the named sessions, in order
 * @param steps all steps by name
 * @param permutations the orders of steps to run
 * @param rules what is normalised in all answers
 * @param limit the known difference that this file shows, or null
 */
public record IsolationSpec(
        String name,
        List<ScriptStatement> setup,
        List<ScriptStatement> teardown,
        List<Session> sessions,
        Map<String, Step> steps,
        List<Permutation> permutations,
        List<NormaliseRule> rules,
        @Nullable String limit) {

    /**
     * A named session.
     *
     * @param name its name
     * @param setup run by it before each permutation
     * @param teardown run by it after each permutation
     */
    public record Session(
            String name, List<ScriptStatement> setup, List<ScriptStatement> teardown) {}

    /**
     * Statements that a session runs in one go.
     *
     * @param name unique in the file
     * @param session the session's name
     * @param statements run in order until one is refused
     */
    public record Step(String name, String session, List<ScriptStatement> statements) {}

    /**
     * One step's place in a permutation.
     *
     * @param step the step's name
     * @param mustEnd whether to wait for its end even while the server holds it up, which makes a
     *     deadlock's outcome certain
     */
    public record Use(String step, boolean mustEnd) {}

    /**
     * An order of steps.
     *
     * @param line where the file lists it, or 0 for a generated one
     * @param uses the steps
     */
    public record Permutation(int line, List<Use> uses) {
        @Override
        public String toString() {
            return String.join(
                    " ",
                    uses.stream().map(use -> use.step() + (use.mustEnd() ? "!" : "")).toList());
        }
    }

    /** Returns the name of the database it runs in. */
    public String database() {
        return ("isolation_" + name).replaceAll("[^a-z0-9_]", "_");
    }

    /** Returns the path below the resource root, which failures name. */
    public String path() {
        return "corpus-isolation/" + name + ".spec";
    }
}
