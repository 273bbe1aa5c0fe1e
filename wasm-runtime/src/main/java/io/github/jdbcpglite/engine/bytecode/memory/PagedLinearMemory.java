package io.github.jdbcpglite.engine.bytecode.memory;

import io.github.jdbcpglite.engine.AddressFault;
import io.github.jdbcpglite.engine.ByteRange;
import io.github.jdbcpglite.engine.LinearMemory;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Linear memory as a table of 64 KiB arrays, shared copy-on-write between instances.
 *
 * <p>Each wasm page has two entries: the array that loads use and the array that stores use. A page
 * that belongs to somebody else too has no array for stores; the first store takes the slow path,
 * which copies the page and sets both entries. A page never written is the one zero page. A page of
 * PostgreSQL's shared memory is the same array in the tables of every instance, for loads and
 * stores alike.
 *
 * <p>Not safe for use by several threads: an instance runs on one thread at a time, and shared
 * pages are accessed only by the holder of the cluster's giant lock. {@link #putInt} on a page that
 * is already private may be called by another thread as a hint (the timer does so).
 */
public final class PagedLinearMemory implements LinearMemory {
    static final int PAGE_SIZE = LinearMemory.PAGE_SIZE;
    private static final int SHIFT = 16;
    private static final int MASK = PAGE_SIZE - 1;
    static final byte[] ZERO_PAGE = new byte[PAGE_SIZE];
    private static final VarHandle SHORT =
            MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INT =
            MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LONG =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private final int maximumPages;
    private byte[][] readPages;
    private byte[] @Nullable [] writePages;

    /** Those whose arrays came from the source and belong to nobody else. */
    private final BitSet own = new BitSet();

    private PageSource source = PageSource.unaccounted();
    private boolean ignoresStores;
    private @Nullable SharedRegion sharedRegion;
    private MemoryView[] views = {};

    /**
     * Creates memory of zeros; no page is allocated before it is written.
     *
     * @param initialPages its size
     * @param maximumPages how far it may grow
     */
    public PagedLinearMemory(int initialPages, int maximumPages) {
        this.maximumPages = Math.min(maximumPages, MAX_PAGES);
        this.readPages = new byte[initialPages][];
        this.writePages = new byte[initialPages][];
        Arrays.fill(readPages, ZERO_PAGE);
    }

    /**
     * Creates memory whose pages are those of an image, copy-on-write.
     *
     * @param maxPages how far it may grow, in wasm pages
     * @param source is asked when it grows
     */
    public static PagedLinearMemory restore(PagedImage image, int maxPages, PageSource source) {
        PagedLinearMemory memory = new PagedLinearMemory(image.pageCount(), maxPages);
        memory.source = source;
        image.copyTo(memory.readPages);
        return memory;
    }

    /**
     * Ignores bulk stores or no longer: an instantiation replays data segments and fills the rest
     * of a module's data with zeros, and the memory may have that data already.
     */
    public void ignoreBulkStores(boolean ignore) {
        ignoresStores = ignore;
    }

    @Override
    public PagedImage freeze() {
        Arrays.fill(writePages, null);
        own.clear();
        return new PagedImage(readPages.clone());
    }

    /**
     * Returns the array of a page, which is not this memory's alone any more, or {@code null} if
     * the page was never written and reads as zeros.
     *
     * @param page index of the wasm page
     */
    byte @Nullable [] pageOrNull(int page) {
        if (readPages[page] == ZERO_PAGE) {
            return null;
        }
        byte[] contents = writablePage(page);
        own.clear(page);
        return contents;
    }

    /** Makes a page the given array, for loads and stores alike; {@code null} is zeros so far. */
    void aliasPage(int page, byte @Nullable [] contents) {
        readPages[page] = contents == null ? ZERO_PAGE : contents;
        writePages[page] = contents;
        own.clear(page);
    }

    @Override
    public void hide(int firstPage, int pageCount) {
        for (int page = firstPage; page < firstPage + pageCount; page++) {
            aliasPage(page, null);
        }
    }

    /** Makes loads of a page see an array that the first store copies. */
    void showPage(int page, byte[] contents) {
        readPages[page] = contents;
        writePages[page] = null;
        own.clear(page);
    }

    @Override
    public long privateBytes() {
        return SharedRegion.privateBytes(writePages, sharedRegion);
    }

    /** Makes the pages of a region shared with the other memories that joined it. */
    void join(SharedRegion region) {
        sharedRegion = region;
    }

    /** Returns how many pages this memory holds alone or shares for stores. */
    public int writablePageCount() {
        return (int) Arrays.stream(writePages).filter(Objects::nonNull).count();
    }

    /** Shows the page tables to generated code, now and after each growth. */
    void attach(MemoryView view) {
        views = Arrays.copyOf(views, views.length + 1);
        views[views.length - 1] = view;
        view.show(readPages, writePages);
    }

    /** Returns a page's array for stores, making the page private first if need be. */
    byte[] writablePage(int index) {
        byte[] page = writePages[index];
        if (page == null) {
            if (sharedRegion != null && sharedRegion.contains(index)) {
                return sharedRegion.allocate(index);
            }
            page = source.allocate(readPages[index]);
            readPages[index] = page;
            writePages[index] = page;
            own.set(index);
        }
        return page;
    }

    @Override
    public int unitBytes() {
        return PAGE_SIZE;
    }

    @Override
    public BitSet ownUnits() {
        return (BitSet) own.clone();
    }

    @Override
    public void makeOwn(BitSet pages) {
        for (int page = pages.nextSetBit(0);
                page >= 0 && page < readPages.length;
                page = pages.nextSetBit(page + 1)) {
            writablePage(page);
        }
    }

    /** Gives the arrays of its own pages to its source and shows zeros there. */
    @Override
    public void close() {
        for (int page = own.nextSetBit(0); page >= 0; page = own.nextSetBit(page + 1)) {
            byte[] contents = readPages[page];
            aliasPage(page, null);
            source.recycle(contents);
        }
    }

    @Override
    public int pages() {
        return readPages.length;
    }

    @Override
    public int grow(int size) {
        int before = readPages.length;
        if (size < 0 || size > maximumPages - before || !source.tryTake(size)) {
            return -1;
        }
        readPages = Arrays.copyOf(readPages, before + size);
        Arrays.fill(readPages, before, before + size, ZERO_PAGE);
        writePages = Arrays.copyOf(writePages, before + size);
        for (MemoryView view : views) {
            view.show(readPages, writePages);
        }
        return before;
    }

    @Override
    public boolean hasRoom(int wasmPages) {
        return wasmPages <= maximumPages - readPages.length && source.has(wasmPages);
    }

    @Override
    public int maximumPages() {
        return maximumPages;
    }

    @Override
    public void put(int addr, byte[] data, int offset, int size) {
        checkRange(addr, size);
        if (ignoresStores) {
            return;
        }
        int done = 0;
        while (done < size) {
            int at = addr + done;
            int inPage = at & MASK;
            int part = Math.min(size - done, PAGE_SIZE - inPage);
            System.arraycopy(data, offset + done, writablePage(at >>> SHIFT), inPage, part);
            done += part;
        }
    }

    @Override
    public void get(int addr, byte[] target, int offset, int size) {
        checkRange(addr, size);
        int done = 0;
        while (done < size) {
            int at = addr + done;
            int inPage = at & MASK;
            int part = Math.min(size - done, PAGE_SIZE - inPage);
            System.arraycopy(readPages[at >>> SHIFT], inPage, target, offset + done, part);
            done += part;
        }
    }

    @Override
    public <X extends Exception> int readThrough(int addr, int size, ByteRange<X> consumer)
            throws X {
        checkRange(addr, size);
        return walk(addr, size, consumer, false);
    }

    @Override
    public <X extends Exception> int writeThrough(int addr, int size, ByteRange<X> producer)
            throws X {
        checkRange(addr, size);
        return walk(addr, size, producer, true);
    }

    private <X extends Exception> int walk(
            int addr, int size, ByteRange<X> range, boolean forWriting) throws X {
        int done = 0;
        while (done < size) {
            int at = addr + done;
            int inPage = at & MASK;
            int part = Math.min(size - done, PAGE_SIZE - inPage);
            int page = at >>> SHIFT;
            int taken =
                    range.apply(forWriting ? writablePage(page) : readPages[page], inPage, part);
            done += taken;
            if (taken < part) {
                break;
            }
        }
        return done;
    }

    @Override
    public byte getByte(int addr) {
        return page(addr)[addr & MASK];
    }

    private byte[] page(int addr) {
        int index = addr >>> SHIFT;
        if (index >= readPages.length) {
            throw new AddressFault(Integer.toUnsignedLong(addr), 1);
        }
        return readPages[index];
    }

    private byte[] pageForStore(int addr) {
        int index = addr >>> SHIFT;
        if (index >= writePages.length) {
            throw new AddressFault(Integer.toUnsignedLong(addr), 1);
        }
        byte[] page = writePages[index];
        return page == null ? writablePage(index) : page;
    }

    @Override
    public void putByte(int addr, byte data) {
        pageForStore(addr)[addr & MASK] = data;
    }

    @Override
    public short getShort(int addr) {
        int at = addr & MASK;
        if (at <= PAGE_SIZE - 2) {
            return (short) SHORT.get(page(addr), at);
        }
        return (short) readAcross(addr, 2);
    }

    @Override
    public void putShort(int addr, short data) {
        int at = addr & MASK;
        if (at <= PAGE_SIZE - 2) {
            SHORT.set(pageForStore(addr), at, data);
        } else {
            writeAcross(addr, data, 2);
        }
    }

    @Override
    public int getInt(int addr) {
        int at = addr & MASK;
        if (at <= PAGE_SIZE - 4) {
            return (int) INT.get(page(addr), at);
        }
        return (int) readAcross(addr, 4);
    }

    @Override
    public void putInt(int addr, int data) {
        int at = addr & MASK;
        if (at <= PAGE_SIZE - 4) {
            INT.set(pageForStore(addr), at, data);
        } else {
            writeAcross(addr, data, 4);
        }
    }

    @Override
    public long getLong(int addr) {
        int at = addr & MASK;
        if (at <= PAGE_SIZE - 8) {
            return (long) LONG.get(page(addr), at);
        }
        return readAcross(addr, 8);
    }

    @Override
    public void putLong(int addr, long data) {
        int at = addr & MASK;
        if (at <= PAGE_SIZE - 8) {
            LONG.set(pageForStore(addr), at, data);
        } else {
            writeAcross(addr, data, 8);
        }
    }

    long readAcross(int addr, int size) {
        checkRange(addr, size);
        long value = 0;
        for (int i = size - 1; i >= 0; i--) {
            value = value << 8 | (getByte(addr + i) & 0xFF);
        }
        return value;
    }

    void writeAcross(int addr, long data, int size) {
        checkRange(addr, size);
        for (int i = 0; i < size; i++) {
            putByte(addr + i, (byte) (data >>> (8 * i)));
        }
    }

    /** Makes every page one of zeros. */
    void zero() {
        Arrays.fill(readPages, ZERO_PAGE);
        Arrays.fill(writePages, null);
        own.clear();
    }

    @Override
    public void fill(int addr, int size, byte value) {
        checkRange(addr, size);
        if (ignoresStores) {
            return;
        }
        int done = 0;
        while (done < size) {
            int at = addr + done;
            int inPage = at & MASK;
            int part = Math.min(size - done, PAGE_SIZE - inPage);
            if (value != 0 || readPages[at >>> SHIFT] != ZERO_PAGE) {
                Arrays.fill(writablePage(at >>> SHIFT), inPage, inPage + part, value);
            }
            done += part;
        }
    }

    /** Copies bytes within the memory, as {@code memmove} does. */
    public void copy(int dest, int src, int size) {
        checkRange(src, size);
        checkRange(dest, size);
        if (Integer.compareUnsigned(dest, src) <= 0) {
            copyForward(dest, src, size);
        } else {
            copyBackward(dest, src, size);
        }
    }

    private void copyForward(int dest, int src, int size) {
        int done = 0;
        while (done < size) {
            int from = src + done;
            int to = dest + done;
            int part = Math.min(size - done, PAGE_SIZE - Math.max(from & MASK, to & MASK));
            byte[] target = writablePage(to >>> SHIFT);
            System.arraycopy(readPages[from >>> SHIFT], from & MASK, target, to & MASK, part);
            done += part;
        }
    }

    private void copyBackward(int dest, int src, int size) {
        int left = size;
        while (left > 0) {
            int fromEnd = ((src + left - 1) & MASK) + 1;
            int toEnd = ((dest + left - 1) & MASK) + 1;
            int part = Math.min(left, Math.min(fromEnd, toEnd));
            left -= part;
            int to = dest + left;
            int from = src + left;
            byte[] target = writablePage(to >>> SHIFT);
            System.arraycopy(readPages[from >>> SHIFT], from & MASK, target, to & MASK, part);
        }
    }

    private void checkRange(int addr, int size) {
        long end = Integer.toUnsignedLong(addr) + Integer.toUnsignedLong(size);
        if (end > (long) readPages.length << SHIFT) {
            throw new AddressFault(Integer.toUnsignedLong(addr), size);
        }
    }
}
