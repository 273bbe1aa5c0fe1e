package io.github.jdbcpglite.postgres.internal.process;

/** What a backend is doing, as the host sees it. */
public enum WaitState {
    /** It runs, or wants to and waits for the giant lock. */
    ACTIVE,
    /** It waits for its client's next message, in a transaction or not. */
    IDLE,
    /** It waits for a lock that another session has. */
    LOCK,
    /** It waits for something else: time, a full connection, another process. */
    OTHER;

    /** {@code PG_WAIT_LOCK} of PostgreSQL 18's {@code wait_classes.h}. */
    private static final int CLASS_LOCK = 0x03;

    /** {@code WAIT_EVENT_CLIENT_READ}, the first of its class. */
    private static final int CLIENT_READ = 0x06000000;

    /**
     * Returns the state of a wait.
     *
     * @param waitEventInfo what {@code WaitEventSetWait} was told
     */
    static WaitState of(int waitEventInfo) {
        if (waitEventInfo == CLIENT_READ) {
            return IDLE;
        }
        return waitEventInfo >>> 24 == CLASS_LOCK ? LOCK : OTHER;
    }
}
