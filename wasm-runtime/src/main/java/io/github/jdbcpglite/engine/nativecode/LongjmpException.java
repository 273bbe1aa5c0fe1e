package io.github.jdbcpglite.engine.nativecode;

/**
 * Carries a longjmp through Java frames: from translated code that has no {@code invoke_*} function
 * of its own around it, to that of the translated code which called the host.
 *
 * <p>There is one instance, without a stack trace; the target and value of the jump lie in the
 * guest's memory.
 */
final class LongjmpException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** The only instance. */
    @SuppressWarnings(
            "StaticAssignmentOfThrowable") // no stack trace, so nothing of one throw stays
    static final LongjmpException INSTANCE = new LongjmpException();

    private LongjmpException() {
        super("longjmp outside of any invoke function", null, false, false);
    }
}
