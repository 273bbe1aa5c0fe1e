package io.github.jdbcpglite.engine.bytecode;

/**
 * Unwinds the guest's stack to the nearest {@code invoke_*} call, as C's longjmp does.
 *
 * <p>PostgreSQL throws one for every error, so there is one instance, without a stack trace; the
 * target and value of the jump lie in the guest's memory.
 */
public final class LongjmpException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** The only instance. */
    @SuppressWarnings(
            "StaticAssignmentOfThrowable") // no stack trace, so nothing of one throw stays
    public static final LongjmpException INSTANCE = new LongjmpException();

    private LongjmpException() {
        super("longjmp outside of any invoke function", null, false, false);
    }
}
