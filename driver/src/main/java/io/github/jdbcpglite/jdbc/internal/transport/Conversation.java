package io.github.jdbcpglite.jdbc.internal.transport;

import java.util.concurrent.TimeUnit;

/**
 * What the bytes of a session tell about it: whether the server owes an answer, and whether a
 * transaction is open. One thread sends and one receives; any thread may ask.
 *
 * <p>Every answer ends with the message ReadyForQuery, which tells how the transaction stands. It
 * is looked for at the end of what was received only, because the server sends nothing after it on
 * its own account that would be an answer.
 */
final class Conversation {
    /** How long an open transaction in which nothing happens counts as use. */
    private static final long QUIET_NANOS = TimeUnit.SECONDS.toNanos(1);

    /** ReadyForQuery is its letter, its length of five, and a letter for the transaction. */
    private static final int READY_BYTES = 6;

    private static final long READY = (long) 'Z' << 8 * (READY_BYTES - 2) | 5;
    private static final long TAIL_MASK = (1L << 8 * READY_BYTES) - 1;
    private static final char NO_TRANSACTION = 'I';

    private long tail;
    private volatile boolean answerDue;
    private volatile char transaction = NO_TRANSACTION;
    private volatile long lastNanos = System.nanoTime();

    void sent() {
        lastNanos = System.nanoTime();
        answerDue = true;
    }

    void received(byte[] bytes, int offset, int count) {
        if (!answerDue) {
            return; // a notification, or a notice
        }
        long last = tail;
        for (int i = Math.max(0, count - READY_BYTES); i < count; i++) {
            last = last << 8 | bytes[offset + i] & 0xff;
        }
        tail = last & TAIL_MASK;
        if (tail >>> 8 == READY) {
            transaction = (char) (tail & 0xff);
            lastNanos = System.nanoTime();
            answerDue = false;
        }
    }

    /** Returns whether an end now would interrupt something. */
    boolean isInUse() {
        return answerDue
                || (transaction != NO_TRANSACTION && System.nanoTime() - lastNanos < QUIET_NANOS);
    }
}
