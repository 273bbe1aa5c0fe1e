package io.github.jdbcpglite.jdbc.internal.listen;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * Finds BackendKeyData among the messages with which a backend begins, in whatever pieces they
 * come. Not thread-safe.
 */
final class KeyDataFinder {
    private static final int HEAD_BYTES = 1 + Integer.BYTES;

    /** A process number and the longest key of the protocol. */
    private static final int LONGEST = Integer.BYTES + 256;

    private final ByteBuffer head = ByteBuffer.allocate(HEAD_BYTES);
    private final ByteArrayOutputStream body = new ByteArrayOutputStream();
    private long left;
    private boolean done;

    /** Returns whether there is nothing more to look for. */
    boolean isDone() {
        return done;
    }

    /**
     * Looks at the bytes that follow those seen so far.
     *
     * @return the body of BackendKeyData, if these bytes complete it
     */
    Optional<ByteBuffer> look(byte[] bytes, int count) {
        int at = 0;
        while (at < count && !done) {
            if (head.hasRemaining()) {
                head.put(bytes[at++]);
                if (!head.hasRemaining()) {
                    begin();
                }
            } else {
                int some = (int) Math.min(left, count - at);
                if (isKey()) {
                    body.write(bytes, at, some);
                }
                at += some;
                left -= some;
            }
            if (!head.hasRemaining() && left == 0) {
                if (isKey()) {
                    done = true;
                    return Optional.of(ByteBuffer.wrap(body.toByteArray()));
                }
                head.clear();
            }
        }
        return Optional.empty();
    }

    private void begin() {
        left = (long) head.getInt(1) - Integer.BYTES;
        // From ReadyForQuery on everything is an answer; what has no end is no message.
        done = head.get(0) == 'Z' || left < 0 || (isKey() && (left < 4 || left > LONGEST));
    }

    private boolean isKey() {
        return head.get(0) == 'K';
    }
}
