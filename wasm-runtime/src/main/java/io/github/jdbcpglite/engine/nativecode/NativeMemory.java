package io.github.jdbcpglite.engine.nativecode;

import io.github.jdbcpglite.engine.AddressFault;
import io.github.jdbcpglite.engine.ByteRange;
import io.github.jdbcpglite.engine.LinearMemory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/**
 * Linear memory in a reservation of address space.
 *
 * <p>The buffer spans all that it may ever be; what lies behind the end is not mapped, so every
 * access is checked here first.
 */
final class NativeMemory implements LinearMemory {
    private static final int FILLED_AT_ONCE = 1 << 13;
    private static final int UNITS = PAGE_SIZE / Native.UNIT_BYTES;

    private final Header header;
    private final long at;
    private final Resource reservation;
    private final ByteBuffer bytes;
    private final ByteBuffer head;
    private final int maximumPages;
    private final NativeAccount account;

    /** The image that shows where nothing was written, if there is one. */
    private @Nullable PageFile image;

    /** Pages that others write to. */
    private final BitSet shared = new BitSet();

    private int pages;

    /** In bytes; 0 when it is closed. */
    private volatile long size;

    private volatile boolean isClosed;

    /** For those who handle bytes in arrays; the pages of its owner pass through it. */
    private byte @Nullable [] passing;

    private NativeMemory(Header header, int maximumPages, NativeAccount account) {
        this.header = header;
        this.maximumPages = maximumPages;
        this.account = account;
        long address = Native.reserve();
        if (address == 0) {
            throw new OutOfMemoryError("the system has no address space for another process");
        }
        at = address;
        reservation = new Resource(this, () -> Native.release(address));
        head = Native.buffer(address, header.bytes()).order(ByteOrder.LITTLE_ENDIAN);
        bytes =
                Native.buffer(address + header.bytes(), (long) maximumPages * PAGE_SIZE)
                        .order(ByteOrder.LITTLE_ENDIAN);
    }

    /** Returns memory that shows an image. */
    static NativeMemory restored(Header header, NativeImage image, NativeAccount account) {
        NativeMemory memory = new NativeMemory(header, MAX_PAGES, account);
        memory.image = image.file();
        if (!memory.show(image)) {
            memory.close();
            throw noRoom();
        }
        memory.resize(image.pageCount());
        return memory;
    }

    private boolean show(NativeImage shownImage) {
        BitSet shown = shownImage.shown();
        int count = shownImage.pageCount();
        boolean done = true;
        for (int first = 0; first < count && done; ) {
            boolean isShown = shown.get(first);
            int next = isShown ? shown.nextClearBit(first) : shown.nextSetBit(first);
            int end = next < 0 ? count : Math.min(next, count);
            done =
                    isShown
                            ? shownImage.file().mapImage(at, first, end - first)
                            : Native.mapZeros(at, first, end - first);
            first = end;
        }
        return done;
    }

    /** Its pages are as they were; who runs in it goes on, or ends as it does without memory. */
    private static void mapped(boolean done) {
        if (!done) {
            throw noRoom();
        }
    }

    private static OutOfMemoryError noRoom() {
        return new OutOfMemoryError("the system has no room to map a process's memory");
    }

    private void resize(int count) {
        pages = count;
        size = (long) count * PAGE_SIZE;
        Native.setBytes(at(), size);
    }

    /** Returns the address of the reservation, which is there no more once this is closed. */
    long at() {
        requireOpen();
        return at;
    }

    /** Returns the header's bytes. */
    ByteBuffer head() {
        requireOpen();
        return head;
    }

    private void requireOpen() {
        if (isClosed) {
            throw new IllegalStateException("the process has ended, and its memory with it");
        }
    }

    Header header() {
        return header;
    }

    @Override
    public int pages() {
        return pages;
    }

    @Override
    public int grow(int count) {
        int before = pages;
        if (count < 0 || count > maximumPages - before || !account.tryTake(count)) {
            return -1;
        }
        if (count > 0 && !Native.mapZeros(at(), before, count)) {
            account.giveBack(count);
            return -1;
        }
        resize(before + count);
        return before;
    }

    @Override
    public int maximumPages() {
        return maximumPages;
    }

    @Override
    public boolean hasRoom(int count) {
        return count <= maximumPages - pages && account.has(count);
    }

    /** Returns the index of an address in the buffer. */
    private int checked(int address, int length) {
        if (Integer.toUnsignedLong(address) + Integer.toUnsignedLong(length) > size) {
            throw new AddressFault(Integer.toUnsignedLong(address), length);
        }
        return address;
    }

    @Override
    public byte getByte(int address) {
        return bytes.get(checked(address, Byte.BYTES));
    }

    @Override
    public short getShort(int address) {
        return bytes.getShort(checked(address, Short.BYTES));
    }

    @Override
    public int getInt(int address) {
        return bytes.getInt(checked(address, Integer.BYTES));
    }

    @Override
    public long getLong(int address) {
        return bytes.getLong(checked(address, Long.BYTES));
    }

    @Override
    public void putByte(int address, byte value) {
        bytes.put(checked(address, Byte.BYTES), value);
    }

    @Override
    public void putShort(int address, short value) {
        bytes.putShort(checked(address, Short.BYTES), value);
    }

    @Override
    public void putInt(int address, int value) {
        bytes.putInt(checked(address, Integer.BYTES), value);
    }

    @Override
    public void putLong(int address, long value) {
        bytes.putLong(checked(address, Long.BYTES), value);
    }

    @Override
    public void get(int address, byte[] target, int offset, int length) {
        bytes.get(checked(address, length), target, offset, length);
    }

    @Override
    public void put(int address, byte[] source, int offset, int length) {
        bytes.put(checked(address, length), source, offset, length);
    }

    @Override
    public void fill(int address, int length, byte value) {
        checked(address, length);
        byte[] same = new byte[Math.min(length, FILLED_AT_ONCE)];
        Arrays.fill(same, value);
        for (int done = 0; done < length; done += same.length) {
            bytes.put(address + done, same, 0, Math.min(same.length, length - done));
        }
    }

    private byte[] passing() {
        byte[] known = passing;
        if (known == null) {
            known = new byte[PAGE_SIZE];
            passing = known;
        }
        return known;
    }

    @Override
    public <X extends Exception> int readThrough(int address, int length, ByteRange<X> consumer)
            throws X {
        checked(address, length);
        byte[] part = passing();
        int done = 0;
        while (done < length) {
            int count = Math.min(part.length, length - done);
            bytes.get(address + done, part, 0, count);
            int taken = consumer.apply(part, 0, count);
            done += taken;
            if (taken < count) {
                break;
            }
        }
        return done;
    }

    @Override
    public <X extends Exception> int writeThrough(int address, int length, ByteRange<X> producer)
            throws X {
        checked(address, length);
        byte[] part = passing();
        int done = 0;
        while (done < length) {
            int count = Math.min(part.length, length - done);
            int made = producer.apply(part, 0, count);
            bytes.put(address + done, part, 0, made);
            done += made;
            if (made < count) {
                break;
            }
        }
        return done;
    }

    @Override
    public void hide(int firstPage, int pageCount) {
        mapped(Native.mapZeros(at(), firstPage, pageCount));
        shared.clear(firstPage, firstPage + pageCount);
    }

    /** Shows pages of a file, for loads and stores, from one of its pages on. */
    void showShared(int firstPage, int pageCount, PageFile file, int filePage) {
        mapped(file.mapShared(at(), firstPage, pageCount, filePage));
        shared.set(firstPage, firstPage + pageCount);
    }

    /** Writes a range of pages to a file, each at its own index. */
    void save(int firstPage, int pageCount, PageFile file) {
        if (!file.save(at(), firstPage, pageCount, null)) {
            throw noRoom();
        }
    }

    @Override
    public NativeImage freeze() {
        PageFile file = new PageFile(pages);
        // Pages of an image that nobody has touched are not read; those of others always.
        boolean done = file.save(at(), 0, pages, image);
        for (int first = shared.nextSetBit(0); first >= 0 && done; ) {
            int end = shared.nextClearBit(first);
            done = file.save(at(), first, end - first, null);
            first = shared.nextSetBit(end);
        }
        mapped(done && file.mapImage(at(), 0, pages));
        image = file;
        shared.clear();
        return NativeImage.of(file);
    }

    @Override
    public long privateBytes() {
        return (long) ownUnits().cardinality() * Native.UNIT_BYTES;
    }

    @Override
    public int unitBytes() {
        return Native.UNIT_BYTES;
    }

    @Override
    public BitSet ownUnits() {
        byte[] own = new byte[pages * UNITS];
        BitSet result = new BitSet();
        if (Native.ownUnits(at(), own)) {
            for (int i = 0; i < own.length; i++) {
                result.set(i, own[i] != 0);
            }
        }
        return result;
    }

    @Override
    public void makeOwn(BitSet units) {
        int count = pages * UNITS;
        for (int first = units.nextSetBit(0); first >= 0 && first < count; ) {
            int end = Math.min(units.nextClearBit(first), count);
            if (!Native.makeOwn(at(), first, end - first)) {
                return; // the system does so when they are written
            }
            first = units.nextSetBit(end);
        }
    }

    @Override
    public void close() {
        size = 0;
        isClosed = true;
        reservation.close();
    }
}
