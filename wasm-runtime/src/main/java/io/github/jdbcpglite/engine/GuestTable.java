package io.github.jdbcpglite.engine;

import org.jspecify.annotations.Nullable;

/** The function table of a guest. Belongs to the guest's thread. */
public interface GuestTable {
    /** Returns the number of entries. */
    int size();

    /**
     * Appends empty entries.
     *
     * @return the index of the first one, or -1 if the table cannot grow by so many
     */
    int grow(int count);

    /** Returns whose function an entry is, or {@code null} if it is empty or the host's. */
    @Nullable LinkedModule module(int index);

    /** Returns the number of an entry's function in its module, if it is a module's. */
    int function(int index);

    /** Returns whether an entry is empty. */
    boolean isEmpty(int index);

    /** Sets an entry to a function of a module. */
    void set(int index, LinkedModule module, int function);
}
