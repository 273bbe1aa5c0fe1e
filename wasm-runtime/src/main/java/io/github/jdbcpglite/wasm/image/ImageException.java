package io.github.jdbcpglite.wasm.image;

/** The image of PGlite is missing, damaged or of another version; the message says which. */
public final class ImageException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Creates a failure whose message says what is wrong. */
    public ImageException(String message) {
        super(message);
    }

    /** Creates a failure whose message says what is wrong. */
    public ImageException(String message, Throwable cause) {
        super(message, cause);
    }
}
