package io.github.jdbcpglite.engine.bytecode;

import io.github.jdbcpglite.engine.StackProbe;

/**
 * Counts the Java frames of a guest's thread, in which most of its variables live.
 *
 * <p>Java does not say how deep a stack is; frames are counted by walking them, which takes a
 * fraction of a microsecond each. Between two questions of a recursion lie few frames, so the next
 * walk can wait for as many questions as it takes to get near the limit.
 */
public final class FrameProbe implements StackProbe {
    /** What a guest may use of its thread's stack, which has room for 2 KB in each frame. */
    public static final int MAX_FRAMES = 30_000;

    /** More frames than this are not between two questions of any recursion seen. */
    private static final int FRAMES_BETWEEN_QUESTIONS = 64;

    /** So many questions a recursion needs at least to get from the start to the limit. */
    public static final int QUESTIONS_FROM_BOTTOM = MAX_FRAMES / FRAMES_BETWEEN_QUESTIONS;

    private static final int MIN_QUESTIONS_BETWEEN_WALKS = 64;

    /** A thread begins far from the limit. */
    private int questionsToNextWalk = QUESTIONS_FROM_BOTTOM;

    private boolean exhausted;

    FrameProbe() {}

    @Override
    public boolean isExhausted(int allowedBytes) {
        if (--questionsToNextWalk <= 0) {
            walk();
        }
        return exhausted;
    }

    @Override
    public void atBottom() {
        if (!exhausted) {
            questionsToNextWalk = QUESTIONS_FROM_BOTTOM;
        }
    }

    private void walk() {
        long frames = StackWalker.getInstance().walk(stack -> stack.limit(MAX_FRAMES).count());
        exhausted = frames >= MAX_FRAMES;
        questionsToNextWalk =
                exhausted
                        ? 1
                        : Math.max(
                                MIN_QUESTIONS_BETWEEN_WALKS,
                                (int) (MAX_FRAMES - frames) / FRAMES_BETWEEN_QUESTIONS);
    }
}
