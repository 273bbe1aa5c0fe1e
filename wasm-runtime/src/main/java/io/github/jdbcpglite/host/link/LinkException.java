package io.github.jdbcpglite.host.link;

/** A side module that cannot be loaded; the message becomes {@code dlerror()}'s. */
public final class LinkException extends Exception {
    private static final long serialVersionUID = 1L;

    /**
     * Creates the failure.
     *
     * @param message what is wrong with the module
     */
    public LinkException(String message) {
        super(message);
    }
}
