package io.github.jdbcpglite.host.fs;

/**
 * The failure of a file system or host operation, as POSIX names it.
 *
 * <p>PostgreSQL probes for files that do not exist all the time, so these exceptions carry no stack
 * trace and are cheap to throw.
 */
public final class ErrnoException extends Exception {
    private static final long serialVersionUID = 1L;

    private final Errno errno;

    /**
     * Creates the failure.
     *
     * @param errno what went wrong, never {@code null}
     */
    public ErrnoException(Errno errno) {
        super(errno.name(), null, false, false);
        this.errno = errno;
    }

    /** Returns what went wrong. */
    public Errno errno() {
        return errno;
    }
}
