package io.github.jdbcpglite.build.spec;

/** A trap, with the specification's words for it. */
public final class SpecTrap extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Creates the exception. */
    public SpecTrap(String words) {
        super(words);
    }
}
