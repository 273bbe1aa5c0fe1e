package io.github.jdbcpglite.postgres.internal.process;

import java.util.BitSet;

/** The postmaster's child slots, 1 to a limit; safe for use by several threads. */
public final class ChildSlots {
    private final int limit;
    private final BitSet used = new BitSet();

    /** Makes slots from 1 to a limit, all free. */
    public ChildSlots(int limit) {
        this.limit = limit;
    }

    /** Takes the lowest free slot, or returns 0 if there is none. */
    public synchronized int take() {
        int slot = used.nextClearBit(1);
        if (slot > limit) {
            return 0;
        }
        used.set(slot);
        return slot;
    }

    /** Gives a slot back; 0 is ignored. */
    public synchronized void giveBack(int slot) {
        used.clear(slot);
    }
}
