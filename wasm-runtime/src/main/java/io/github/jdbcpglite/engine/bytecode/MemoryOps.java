package io.github.jdbcpglite.engine.bytecode;

/** The bulk memory instructions and the memory's size. */
public final class MemoryOps {
    private static final byte[] DROPPED = {};

    private MemoryOps() {}

    /** memory.size */
    public static int size(ExecutionContext context) {
        return context.memory().pages();
    }

    /** memory.grow */
    public static int grow(int pages, ExecutionContext context) {
        return context.memory().grow(pages);
    }

    /** memory.copy */
    public static void copy(int to, int from, int size, ExecutionContext context) {
        context.memory().copy(to, from, size);
    }

    /** memory.fill */
    public static void fill(int to, int value, int size, ExecutionContext context) {
        context.memory().fill(to, size, (byte) value);
    }

    /** memory.init */
    public static void init(int to, int from, int size, int segment, ExecutionContext context) {
        init(to, from, size, context.machine.instance().dataSegmentData(segment), context);
    }

    /** memory.init of an active segment, which instantiation has dropped */
    public static void initDropped(int to, int from, int size, ExecutionContext context) {
        init(to, from, size, DROPPED, context);
    }

    private static void init(int to, int from, int size, byte[] data, ExecutionContext context) {
        long end = Integer.toUnsignedLong(from) + Integer.toUnsignedLong(size);
        if (end > data.length) {
            throw Traps.memoryBounds();
        }
        context.memory().put(to, data, from, size);
    }

    /** data.drop */
    public static void dropData(int segment, ExecutionContext context) {
        context.machine.instance().dropDataSegment(segment);
    }
}
