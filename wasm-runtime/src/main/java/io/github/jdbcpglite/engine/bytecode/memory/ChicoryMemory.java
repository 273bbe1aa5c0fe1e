package io.github.jdbcpglite.engine.bytecode.memory;

import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.wasm.types.DataSegment;
import com.dylibso.chicory.wasm.types.MemoryLimits;
import io.github.jdbcpglite.engine.AddressFault;

/** A paged memory as Chicory sees it: for the instances that it links and initialises. */
public final class ChicoryMemory extends AbstractChicoryMemory {
    private final PagedLinearMemory paged;
    private final int initialPages;
    private final DataSegments dataSegments;

    /** Shows a memory. */
    public ChicoryMemory(PagedLinearMemory paged) {
        this.paged = paged;
        this.initialPages = paged.pages();
        this.dataSegments = new DataSegments(paged);
    }

    /** Makes a memory of zeros within limits, as a memory factory of Chicory does. */
    public static ChicoryMemory create(MemoryLimits limits) {
        return new ChicoryMemory(
                new PagedLinearMemory(limits.initialPages(), limits.maximumPages()));
    }

    /** Returns the memory that this shows. */
    public PagedLinearMemory paged() {
        return paged;
    }

    @Override
    public int pages() {
        return paged.pages();
    }

    @Override
    public int grow(int size) {
        return paged.grow(size);
    }

    @Override
    public int initialPages() {
        return initialPages;
    }

    @Override
    public int maximumPages() {
        return paged.maximumPages();
    }

    @Override
    public void initialize(Instance instance, DataSegment[] segments) {
        dataSegments.initialize(instance, segments);
    }

    @Override
    public void initPassiveSegment(int segmentId, int dest, int offset, int size) {
        byte[] data = dataSegments.data(segmentId);
        if (offset < 0 || size < 0 || offset > data.length - size) {
            throw new AddressFault(dest, size);
        }
        paged.put(dest, data, offset, size);
    }

    @Override
    public void drop(int segment) {
        dataSegments.drop(segment);
    }

    @Override
    public void write(int addr, byte[] data, int offset, int size) {
        paged.put(addr, data, offset, size);
    }

    @Override
    public byte read(int addr) {
        return paged.getByte(addr);
    }

    @Override
    public byte[] readBytes(int addr, int len) {
        return paged.getBytes(addr, len);
    }

    @Override
    public void writeByte(int addr, byte data) {
        paged.putByte(addr, data);
    }

    @Override
    public short readShort(int addr) {
        return paged.getShort(addr);
    }

    @Override
    public long readU16(int addr) {
        return paged.getShort(addr) & 0xFFFFL;
    }

    @Override
    public void writeShort(int addr, short data) {
        paged.putShort(addr, data);
    }

    @Override
    public int readInt(int addr) {
        return paged.getInt(addr);
    }

    @Override
    public void writeI32(int addr, int data) {
        paged.putInt(addr, data);
    }

    @Override
    public long readLong(int addr) {
        return paged.getLong(addr);
    }

    @Override
    public void writeLong(int addr, long data) {
        paged.putLong(addr, data);
    }

    @Override
    public void zero() {
        paged.zero();
    }

    @Override
    public void fill(byte value, int fromIndex, int toIndex) {
        paged.fill(fromIndex, toIndex - fromIndex, value);
    }

    @Override
    public void copy(int dest, int src, int size) {
        paged.copy(dest, src, size);
    }
}
