package io.github.jdbcpglite.build.nativecode;

/** A module uses something that the translation to C does not have. */
public final class TranslationException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * Creates the exception.
     *
     * @param message what the module uses, and where
     */
    public TranslationException(String message) {
        super(message);
    }
}
