package io.github.jdbcpglite.engine.nativecode;

import io.github.jdbcpglite.engine.GuestTable;
import io.github.jdbcpglite.engine.LinkedModule;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The function table of a guest: what calls need is in the header, and here is whose function each
 * entry is.
 */
final class NativeTable implements GuestTable {
    private static final int EMPTY = -1;
    private static final int OF_HOST = -2;

    /** For how many entries more room is made at least. */
    private static final int GROWTH = 64;

    private final NativeMemory memory;
    private final NativeModule main;
    private final long maximum;

    /** Shared with other guests until one is changed; may have room for more. */
    private int[] functions;

    private int size;

    private boolean isShared = true;

    /** Of entries that are not the main module's. */
    private @Nullable NativeModule[] owners = {};

    /** Makes the table of a guest, as instantiation fills it. */
    NativeTable(NativeMemory memory, NativeModule main, int[] functions, long maximum) {
        this.memory = memory;
        this.main = main;
        this.functions = functions;
        size = functions.length;
        this.maximum = Math.min(maximum, memory.header().tableMax());
        if (functions.length > this.maximum
                || Native.growTable(memory.at(), functions.length) != 0) {
            throw new IllegalStateException(
                    "the main module's table has " + functions.length + " entries");
        }
        Native.setTable(memory.at(), main.slot(), functions);
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public int grow(int count) {
        int before = size;
        if (count < 0 || count > maximum - before) {
            return -1;
        }
        if (Native.growTable(memory.at(), count) < 0) {
            return -1;
        }
        if (before + count > functions.length) {
            functions = Arrays.copyOf(functions, before + Math.max(count, GROWTH));
            isShared = false;
        }
        Arrays.fill(functions, before, before + count, EMPTY);
        size = before + count;
        return before;
    }

    @Override
    public @Nullable LinkedModule module(int index) {
        return functions[index(index)] < 0 ? null : owner(index);
    }

    private NativeModule owner(int index) {
        NativeModule owner = index < owners.length ? owners[index] : null;
        return owner == null ? main : owner;
    }

    @Override
    public int function(int index) {
        return functions[index(index)];
    }

    @Override
    public boolean isEmpty(int index) {
        return functions[index(index)] == EMPTY;
    }

    @Override
    public void set(int index, LinkedModule module, int function) {
        NativeModule owner = (NativeModule) module;
        Native.setEntry(memory.at(), index(index), owner.slot(), owner.checked(function));
        mark(index, owner, function);
    }

    /** Remembers that an entry is the host's, which the header says already. */
    void setOfHost(int index) {
        mark(index, main, OF_HOST);
    }

    private void mark(int index, NativeModule owner, int function) {
        if (isShared) {
            functions = functions.clone();
            isShared = false;
        }
        functions[index] = function;
        if (owner != main || index < owners.length) {
            if (index >= owners.length) {
                owners = Arrays.copyOf(owners, functions.length);
            }
            owners[index] = owner;
        }
    }

    private int index(int index) {
        if (index < 0 || index >= size) {
            throw new IndexOutOfBoundsException("the table has no entry " + index);
        }
        return index;
    }
}
