package io.github.jdbcpglite.engine.bytecode.memory;

/**
 * A memory's page tables as generated code sees them, without going through the memory object.
 *
 * <p>The memory keeps the tables of all its views current; a view belongs to the memory's thread.
 */
public abstract class MemoryView {
    final PagedLinearMemory memory;
    byte[][] readPages = {};
    byte[][] writePages = {};

    /** Creates a view of a memory, which from now on keeps it current. */
    protected MemoryView(PagedLinearMemory memory) {
        this.memory = memory;
        memory.attach(this);
    }

    /** Returns the memory. */
    public final PagedLinearMemory memory() {
        return memory;
    }

    final void show(byte[][] forReading, byte[][] forWriting) {
        readPages = forReading;
        writePages = forWriting;
    }
}
