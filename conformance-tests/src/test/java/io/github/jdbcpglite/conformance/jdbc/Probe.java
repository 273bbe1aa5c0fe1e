package io.github.jdbcpglite.conformance.jdbc;

import io.github.jdbcpglite.conformance.answer.NormaliseRule;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Calls that are made on both sides.
 *
 * @param name what is compared
 * @param rules what is normalised
 * @param limit the known difference that shows, or null
 * @param body makes the calls
 */
record Probe(String name, List<NormaliseRule> rules, @Nullable String limit, Body body) {
    /** Keeps its own copy of the rules. */
    Probe {
        rules = List.copyOf(rules);
    }

    /** Makes the calls of a probe. */
    @FunctionalInterface
    interface Body {
        void run(Target target, Recorder record) throws SQLException;
    }

    /** Returns a probe that is compared as it is. */
    static Probe of(String name, Body body) {
        return new Probe(name, List.of(), null, body);
    }

    /** Returns this probe with rules. */
    Probe with(NormaliseRule... more) {
        return new Probe(name, List.of(more), limit, body);
    }

    /** Returns this probe as the place of a known difference. */
    Probe limit(String id) {
        return new Probe(name, rules, id, body);
    }
}
