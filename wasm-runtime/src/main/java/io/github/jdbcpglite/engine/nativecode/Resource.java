package io.github.jdbcpglite.engine.nativecode;

import java.lang.ref.Cleaner;

/** Something of the system that is given back once: by its owner, or when the owner is lost. */
final class Resource {
    private static final Cleaner CLEANER = Cleaner.create();

    private final Cleaner.Cleanable cleanable;

    /**
     * Watches an owner.
     *
     * @param giveBack must not refer to the owner
     */
    Resource(Object owner, Runnable giveBack) {
        cleanable = CLEANER.register(owner, giveBack);
    }

    /** Gives it back, unless that was done. */
    void close() {
        cleanable.clean();
    }
}
