package io.github.jdbcpglite.engine;

/**
 * Tells whether a guest has used up what it may of the stack of its thread, before a {@link
 * StackExhausted} would. Cheap enough to be asked wherever the guest itself looks at its stack: an
 * engine looks as rarely as it can. Belongs to the guest's thread.
 */
public interface StackProbe {
    /**
     * Returns whether the guest should go no deeper.
     *
     * @param allowedBytes what the guest itself allows of a stack; an engine whose frames are those
     *     of machine code counts them against it, any other has a limit of its own
     */
    boolean isExhausted(int allowedBytes);

    /** Says that the stack is nearly empty here, which saves the next looks. */
    void atBottom();
}
