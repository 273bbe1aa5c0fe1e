package io.github.jdbcpglite.postgres.internal.boot;

import io.github.jdbcpglite.engine.LinearMemory;
import io.github.jdbcpglite.engine.MemoryAccount;
import java.util.BitSet;

/**
 * What processes forked from one image write before their first statement, so that the next ones
 * have copies of it in advance: a copy that a store waits for costs several times as much.
 *
 * <p>Safe for use by several threads.
 */
public final class FirstWrites {
    private static final long MOST_BYTES =
            (long) MemoryAccount.START_PAGES * LinearMemory.PAGE_SIZE;

    private volatile BitSet units = new BitSet();

    /** Notes what a process has written that is ready for its first statement; on its thread. */
    public void learn(LinearMemory memory) {
        if (units.isEmpty()) {
            units = first(memory.ownUnits(), (int) (MOST_BYTES / memory.unitBytes()));
        }
    }

    private static BitSet first(BitSet written, int count) {
        while (written.cardinality() > count) {
            written.clear(written.length() - 1);
        }
        return written;
    }

    /** Gives a new process copies of what is known. */
    void copyIn(LinearMemory memory) {
        memory.makeOwn(units);
    }
}
