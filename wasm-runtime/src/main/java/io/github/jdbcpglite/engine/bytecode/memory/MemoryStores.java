package io.github.jdbcpglite.engine.bytecode.memory;

import static com.dylibso.chicory.runtime.Memory.PAGE_SIZE;

import io.github.jdbcpglite.engine.AddressFault;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Stores of generated code, one method for each way the guest writes memory.
 *
 * <p>Each method is deliberately between 35 and 325 bytecodes long: the quick compiler leaves it a
 * call, which keeps the code of large guest functions small, and the optimising compiler inlines
 * it. An offset is added to the base without wrapping, as the specification asks. An access across
 * a page boundary goes through one slow method; one out of bounds is found by the check of the page
 * table's index that the JVM makes anyway.
 */
public final class MemoryStores {
    private static final int SHIFT = 16;
    private static final int MASK = PAGE_SIZE - 1;
    private static final long UNSIGNED = 0xFFFFFFFFL;
    private static final VarHandle SHORT =
            MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INT =
            MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LONG =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle FLOAT =
            MethodHandles.byteArrayViewVarHandle(float[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle DOUBLE =
            MethodHandles.byteArrayViewVarHandle(double[].class, ByteOrder.LITTLE_ENDIAN);

    private MemoryStores() {}

    /** i32.store8 */
    public static void i32Store8(int base, int value, MemoryView view) {
        byte[][] pages = view.writePages;
        long address = base & UNSIGNED;
        int page = base >>> SHIFT;
        int at = base & MASK;
        byte[] target;
        try {
            target = pages[page];
        } catch (ArrayIndexOutOfBoundsException e) {
            throw new AddressFault(address, 1);
        }
        if (target == null) {
            target = view.memory.writablePage(page);
        }
        target[at] = (byte) value;
    }

    /** i32.store8 with an offset */
    public static void i32Store8(int base, int value, int offset, MemoryView view) {
        byte[][] pages = view.writePages;
        long address = (base & UNSIGNED) + (offset & UNSIGNED);
        int page = (int) (address >>> SHIFT);
        int at = (int) address & MASK;
        byte[] target;
        try {
            target = pages[page];
        } catch (ArrayIndexOutOfBoundsException e) {
            throw new AddressFault(address, 1);
        }
        if (target == null) {
            target = view.memory.writablePage(page);
        }
        target[at] = (byte) value;
    }

    /** i32.store16 */
    public static void i32Store16(int base, int value, MemoryView view) {
        byte[][] pages = view.writePages;
        long address = base & UNSIGNED;
        int page = base >>> SHIFT;
        int at = base & MASK;
        if (at > PAGE_SIZE - 2) {
            storeSlowly(address, value, 2, view);
            return;
        }
        byte[] target;
        try {
            target = pages[page];
        } catch (ArrayIndexOutOfBoundsException e) {
            throw new AddressFault(address, 2);
        }
        if (target == null) {
            target = view.memory.writablePage(page);
        }
        SHORT.set(target, at, (short) value);
    }

    /** i32.store16 with an offset */
    public static void i32Store16(int base, int value, int offset, MemoryView view) {
        byte[][] pages = view.writePages;
        long address = (base & UNSIGNED) + (offset & UNSIGNED);
        int page = (int) (address >>> SHIFT);
        int at = (int) address & MASK;
        if (at > PAGE_SIZE - 2) {
            storeSlowly(address, value, 2, view);
            return;
        }
        byte[] target;
        try {
            target = pages[page];
        } catch (ArrayIndexOutOfBoundsException e) {
            throw new AddressFault(address, 2);
        }
        if (target == null) {
            target = view.memory.writablePage(page);
        }
        SHORT.set(target, at, (short) value);
    }

    /** i32.store */
    public static void i32Store(int base, int value, MemoryView view) {
        byte[][] pages = view.writePages;
        long address = base & UNSIGNED;
        int page = base >>> SHIFT;
        int at = base & MASK;
        if (at > PAGE_SIZE - 4) {
            storeSlowly(address, value, 4, view);
            return;
        }
        byte[] target;
        try {
            target = pages[page];
        } catch (ArrayIndexOutOfBoundsException e) {
            throw new AddressFault(address, 4);
        }
        if (target == null) {
            target = view.memory.writablePage(page);
        }
        INT.set(target, at, value);
    }

    /** i32.store with an offset */
    public static void i32Store(int base, int value, int offset, MemoryView view) {
        byte[][] pages = view.writePages;
        long address = (base & UNSIGNED) + (offset & UNSIGNED);
        int page = (int) (address >>> SHIFT);
        int at = (int) address & MASK;
        if (at > PAGE_SIZE - 4) {
            storeSlowly(address, value, 4, view);
            return;
        }
        byte[] target;
        try {
            target = pages[page];
        } catch (ArrayIndexOutOfBoundsException e) {
            throw new AddressFault(address, 4);
        }
        if (target == null) {
            target = view.memory.writablePage(page);
        }
        INT.set(target, at, value);
    }

    /** i64.store */
    public static void i64Store(int base, long value, MemoryView view) {
        byte[][] pages = view.writePages;
        long address = base & UNSIGNED;
        int page = base >>> SHIFT;
        int at = base & MASK;
        if (at > PAGE_SIZE - 8) {
            storeSlowly(address, value, 8, view);
            return;
        }
        byte[] target;
        try {
            target = pages[page];
        } catch (ArrayIndexOutOfBoundsException e) {
            throw new AddressFault(address, 8);
        }
        if (target == null) {
            target = view.memory.writablePage(page);
        }
        LONG.set(target, at, value);
    }

    /** i64.store with an offset */
    public static void i64Store(int base, long value, int offset, MemoryView view) {
        byte[][] pages = view.writePages;
        long address = (base & UNSIGNED) + (offset & UNSIGNED);
        int page = (int) (address >>> SHIFT);
        int at = (int) address & MASK;
        if (at > PAGE_SIZE - 8) {
            storeSlowly(address, value, 8, view);
            return;
        }
        byte[] target;
        try {
            target = pages[page];
        } catch (ArrayIndexOutOfBoundsException e) {
            throw new AddressFault(address, 8);
        }
        if (target == null) {
            target = view.memory.writablePage(page);
        }
        LONG.set(target, at, value);
    }

    /** f32.store */
    public static void f32Store(int base, float value, MemoryView view) {
        byte[][] pages = view.writePages;
        long address = base & UNSIGNED;
        int page = base >>> SHIFT;
        int at = base & MASK;
        if (at > PAGE_SIZE - 4) {
            storeSlowly(address, Float.floatToRawIntBits(value), 4, view);
            return;
        }
        byte[] target;
        try {
            target = pages[page];
        } catch (ArrayIndexOutOfBoundsException e) {
            throw new AddressFault(address, 4);
        }
        if (target == null) {
            target = view.memory.writablePage(page);
        }
        FLOAT.set(target, at, value);
    }

    /** f32.store with an offset */
    public static void f32Store(int base, float value, int offset, MemoryView view) {
        byte[][] pages = view.writePages;
        long address = (base & UNSIGNED) + (offset & UNSIGNED);
        int page = (int) (address >>> SHIFT);
        int at = (int) address & MASK;
        if (at > PAGE_SIZE - 4) {
            storeSlowly(address, Float.floatToRawIntBits(value), 4, view);
            return;
        }
        byte[] target;
        try {
            target = pages[page];
        } catch (ArrayIndexOutOfBoundsException e) {
            throw new AddressFault(address, 4);
        }
        if (target == null) {
            target = view.memory.writablePage(page);
        }
        FLOAT.set(target, at, value);
    }

    /** f64.store */
    public static void f64Store(int base, double value, MemoryView view) {
        byte[][] pages = view.writePages;
        long address = base & UNSIGNED;
        int page = base >>> SHIFT;
        int at = base & MASK;
        if (at > PAGE_SIZE - 8) {
            storeSlowly(address, Double.doubleToRawLongBits(value), 8, view);
            return;
        }
        byte[] target;
        try {
            target = pages[page];
        } catch (ArrayIndexOutOfBoundsException e) {
            throw new AddressFault(address, 8);
        }
        if (target == null) {
            target = view.memory.writablePage(page);
        }
        DOUBLE.set(target, at, value);
    }

    /** f64.store with an offset */
    public static void f64Store(int base, double value, int offset, MemoryView view) {
        byte[][] pages = view.writePages;
        long address = (base & UNSIGNED) + (offset & UNSIGNED);
        int page = (int) (address >>> SHIFT);
        int at = (int) address & MASK;
        if (at > PAGE_SIZE - 8) {
            storeSlowly(address, Double.doubleToRawLongBits(value), 8, view);
            return;
        }
        byte[] target;
        try {
            target = pages[page];
        } catch (ArrayIndexOutOfBoundsException e) {
            throw new AddressFault(address, 8);
        }
        if (target == null) {
            target = view.memory.writablePage(page);
        }
        DOUBLE.set(target, at, value);
    }

    private static void storeSlowly(long address, long bits, int size, MemoryView view) {
        if (address + size > (long) view.writePages.length << SHIFT) {
            throw new AddressFault(address, size);
        }
        view.memory.writeAcross((int) address, bits, size);
    }
}
