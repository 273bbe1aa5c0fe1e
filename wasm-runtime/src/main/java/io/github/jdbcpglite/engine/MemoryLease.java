package io.github.jdbcpglite.engine;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * Lets threads that do not own a memory look into it, which may be gone at any moment: memory is
 * given back only when its owner has let go of it and nobody looks any more.
 *
 * <p>The owner holds the lease from the start. Safe for use by several threads; nobody waits.
 */
public final class MemoryLease {
    private final LinearMemory memory;

    /** The owner and those who look; at 0 the memory is closed, and stays so. */
    private final AtomicInteger holders = new AtomicInteger(1);

    private final AtomicBoolean released = new AtomicBoolean();

    /** Makes the lease of a memory that the caller owns. */
    public MemoryLease(LinearMemory memory) {
        this.memory = memory;
    }

    /**
     * Lets somebody look, unless the owner has let go.
     *
     * @param look must not keep the memory
     * @return whether it was called
     */
    public boolean look(Consumer<LinearMemory> look) {
        if (!tryHold()) {
            return false;
        }
        try {
            look.accept(memory);
            return true;
        } finally {
            letGo();
        }
    }

    private boolean tryHold() {
        while (true) {
            int now = holders.get();
            if (now == 0 || released.get()) {
                return false;
            }
            if (holders.compareAndSet(now, now + 1)) {
                return true;
            }
        }
    }

    /** The owner lets go: the memory is closed now, or by the last one who looks. Idempotent. */
    public void release() {
        if (released.compareAndSet(false, true)) {
            letGo();
        }
    }

    private void letGo() {
        if (holders.decrementAndGet() == 0) {
            memory.close();
        }
    }
}
