package io.github.jdbcpglite.build.locate;

import java.util.Locale;

/**
 * What became of one fact of the known release.
 *
 * @param state whether it was found
 * @param text what and how, for people
 */
record Finding(State state, String text) {
    /** Whether a fact was found. */
    enum State {
        /** Found, and nothing contradicts it. */
        FOUND,

        /** Found, but it is not quite what it was: somebody has to look. */
        CHANGED,

        /** Taken over from the known release, because nothing in the code tells it. */
        UNCHECKED,

        /** Not found. */
        MISSING
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%-9s %s", state, text);
    }
}
