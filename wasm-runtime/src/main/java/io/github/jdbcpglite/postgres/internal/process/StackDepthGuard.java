package io.github.jdbcpglite.postgres.internal.process;

import io.github.jdbcpglite.engine.LinearMemory;
import io.github.jdbcpglite.engine.StackProbe;
import org.jspecify.annotations.Nullable;

/**
 * Makes {@code check_stack_depth} see the stack of the thread too.
 *
 * <p>PostgreSQL compares the stack in the guest's memory with {@code max_stack_depth}; variables
 * live in the frames of the thread's stack too, so recursion can use that up while the guest's is
 * nearly empty. The rewritten binary calls here before it compares. When the guest should go no
 * deeper, the limit is taken away for the moment, and PostgreSQL itself reports 54001.
 *
 * <p>A backend that reads from its client is near the start of its stack, as only the main loop and
 * COPY do so, neither of them within a function. Confined to the backend's thread.
 */
final class StackDepthGuard {
    private final Backend backend;
    private @Nullable StackProbe probe;

    /** What was taken away and has to be given back, or 0. */
    private int withdrawnLimit;

    StackDepthGuard(Backend backend) {
        this.backend = backend;
    }

    private StackProbe probe() {
        StackProbe known = probe;
        if (known == null) {
            known = backend.guest().stackProbe();
            probe = known;
        }
        return known;
    }

    /** Called before each comparison. */
    long check() {
        boolean exhausted = probe().isExhausted(allowedBytes());
        if (exhausted || withdrawnLimit != 0) {
            move(exhausted);
        }
        return 0;
    }

    private int allowedBytes() {
        return withdrawnLimit != 0
                ? withdrawnLimit
                : backend.memory().getInt(backend.binary().maxStackDepthBytes);
    }

    /** Called where the stack is nearly empty. */
    void atBottom() {
        probe().atBottom();
    }

    private void move(boolean exhausted) {
        LinearMemory memory = backend.memory();
        // The guest may have assigned another limit since: that one stands.
        int limit = memory.getInt(backend.binary().maxStackDepthBytes);
        if (exhausted) {
            if (limit != 0) {
                withdrawnLimit = limit;
                memory.putInt(backend.binary().maxStackDepthBytes, 0);
            }
        } else {
            if (limit == 0) {
                memory.putInt(backend.binary().maxStackDepthBytes, withdrawnLimit);
            }
            withdrawnLimit = 0;
        }
    }
}
