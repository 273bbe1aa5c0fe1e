package io.github.jdbcpglite.testing;

/** The state of a test database at one moment; see {@link PGliteTestDatabase#keep}. Immutable. */
public final class PGliteSavedState {
    private final Copies copies;
    private final String name;

    PGliteSavedState(Copies copies, String name) {
        this.copies = copies;
        this.name = name;
    }

    Copies copies() {
        return copies;
    }

    String name() {
        return name;
    }
}
