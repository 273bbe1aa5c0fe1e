package io.github.jdbcpglite.postgres.internal.process;

import io.github.jdbcpglite.engine.LinearMemory;
import io.github.jdbcpglite.postgres.internal.binary.PgSymbols;

/**
 * Makes {@code check_stack_depth} see the Java stack too.
 *
 * <p>PostgreSQL compares the stack in the guest's memory with {@code max_stack_depth}; most
 * variables live in Java's frames instead, so recursion can use up the Java stack while the guest's
 * is nearly empty. The rewritten binary calls here before it compares. When too many Java frames
 * lie above the thread's start, the limit is taken away for the moment, and PostgreSQL itself
 * reports 54001.
 *
 * <p>Java does not say how deep a stack is; frames are counted by walking them, which takes a
 * fraction of a microsecond each. Between two checks of a recursion lie few frames, so the next
 * walk can wait for as many checks as it takes to get near the limit. And a backend that reads from
 * its client is near the start of its stack, as only the main loop and COPY do so, neither of them
 * within a function: the count begins anew there, so that small statements walk no stack at all.
 * Confined to the backend's thread.
 */
final class JavaStackGuard {
    /** What a backend may use of its thread's stack, which has room for 2 KB in each frame. */
    static final int MAX_FRAMES = 30_000;

    /** More frames than this are not between two checks of any recursion seen. */
    private static final int FRAMES_BETWEEN_CHECKS = 64;

    /** So many checks a recursion needs at least to get from the thread's start to the limit. */
    static final int CHECKS_FROM_BOTTOM = MAX_FRAMES / FRAMES_BETWEEN_CHECKS;

    private static final int MIN_CHECKS_BETWEEN_WALKS = 64;

    private final Backend backend;

    /** A thread begins far from the limit. */
    private int checksToNextWalk = CHECKS_FROM_BOTTOM;

    /** What was taken away and has to be given back, or 0. */
    private int withdrawnLimit;

    JavaStackGuard(Backend backend) {
        this.backend = backend;
    }

    /** Called before each comparison. */
    long check() {
        if (--checksToNextWalk <= 0) {
            walk();
        }
        return 0;
    }

    /** Called where the stack is nearly empty. */
    void atBottom() {
        if (withdrawnLimit == 0) {
            checksToNextWalk = CHECKS_FROM_BOTTOM;
        }
    }

    private void walk() {
        long frames = StackWalker.getInstance().walk(stack -> stack.limit(MAX_FRAMES).count());
        boolean exhausted = frames >= MAX_FRAMES;
        LinearMemory memory = backend.memory();
        // The guest may have assigned another limit since: that one stands.
        int limit = memory.getInt(PgSymbols.MAX_STACK_DEPTH_BYTES);
        if (exhausted && limit != 0) {
            withdrawnLimit = limit;
            memory.putInt(PgSymbols.MAX_STACK_DEPTH_BYTES, 0);
        } else if (!exhausted && withdrawnLimit != 0) {
            if (limit == 0) {
                memory.putInt(PgSymbols.MAX_STACK_DEPTH_BYTES, withdrawnLimit);
            }
            withdrawnLimit = 0;
        }
        checksToNextWalk =
                exhausted
                        ? 1
                        : Math.max(
                                MIN_CHECKS_BETWEEN_WALKS,
                                (int) (MAX_FRAMES - frames) / FRAMES_BETWEEN_CHECKS);
    }
}
