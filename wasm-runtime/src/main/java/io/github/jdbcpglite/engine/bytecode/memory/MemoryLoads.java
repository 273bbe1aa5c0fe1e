package io.github.jdbcpglite.engine.bytecode.memory;

import static com.dylibso.chicory.runtime.Memory.PAGE_SIZE;

import io.github.jdbcpglite.engine.AddressFault;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Loads of generated code, one method for each way the guest reads memory.
 *
 * <p>Each method is deliberately between 35 and 325 bytecodes long: the quick compiler leaves it a
 * call, which keeps the code of large guest functions small, and the optimising compiler inlines
 * it. An offset is added to the base without wrapping, as the specification asks. An access across
 * a page boundary goes through one slow method; one out of bounds is found by the check of the page
 * table's index that the JVM makes anyway.
 */
public final class MemoryLoads {
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

    private MemoryLoads() {}

    /** i32.load8_s */
    public static int i32Load8S(int base, MemoryView view) {
        byte[][] pages = view.readPages;
        int page = base >>> SHIFT;
        int at = base & MASK;
        byte[] source;
        try {
            source = pages[page];
        } catch (ArrayIndexOutOfBoundsException e) {
            throw new AddressFault(base & UNSIGNED, 1);
        }
        return source[at];
    }

    /** i32.load8_s with an offset */
    public static int i32Load8S(int base, int offset, MemoryView view) {
        byte[][] pages = view.readPages;
        long address = (base & UNSIGNED) + (offset & UNSIGNED);
        int page = (int) (address >>> SHIFT);
        int at = (int) address & MASK;
        byte[] source;
        try {
            source = pages[page];
        } catch (ArrayIndexOutOfBoundsException e) {
            throw new AddressFault(address, 1);
        }
        return source[at];
    }

    /** i32.load8_u */
    public static int i32Load8U(int base, MemoryView view) {
        byte[][] pages = view.readPages;
        int page = base >>> SHIFT;
        int at = base & MASK;
        byte[] source;
        try {
            source = pages[page];
        } catch (ArrayIndexOutOfBoundsException e) {
            throw new AddressFault(base & UNSIGNED, 1);
        }
        return source[at] & 0xFF;
    }

    /** i32.load8_u with an offset */
    public static int i32Load8U(int base, int offset, MemoryView view) {
        byte[][] pages = view.readPages;
        long address = (base & UNSIGNED) + (offset & UNSIGNED);
        int page = (int) (address >>> SHIFT);
        int at = (int) address & MASK;
        byte[] source;
        try {
            source = pages[page];
        } catch (ArrayIndexOutOfBoundsException e) {
            throw new AddressFault(address, 1);
        }
        return source[at] & 0xFF;
    }

    /** i32.load16_s */
    public static int i32Load16S(int base, MemoryView view) {
        byte[][] pages = view.readPages;
        int page = base >>> SHIFT;
        int at = base & MASK;
        if (at > PAGE_SIZE - 2) {
            long address = base & UNSIGNED;
            return (short) loadSlowly(address, 2, view);
        }
        byte[] source;
        try {
            source = pages[page];
        } catch (ArrayIndexOutOfBoundsException e) {
            throw new AddressFault(base & UNSIGNED, 2);
        }
        return (short) SHORT.get(source, at);
    }

    /** i32.load16_s with an offset */
    public static int i32Load16S(int base, int offset, MemoryView view) {
        byte[][] pages = view.readPages;
        long address = (base & UNSIGNED) + (offset & UNSIGNED);
        int page = (int) (address >>> SHIFT);
        int at = (int) address & MASK;
        if (at > PAGE_SIZE - 2) {
            return (short) loadSlowly(address, 2, view);
        }
        byte[] source;
        try {
            source = pages[page];
        } catch (ArrayIndexOutOfBoundsException e) {
            throw new AddressFault(address, 2);
        }
        return (short) SHORT.get(source, at);
    }

    /** i32.load16_u */
    public static int i32Load16U(int base, MemoryView view) {
        byte[][] pages = view.readPages;
        int page = base >>> SHIFT;
        int at = base & MASK;
        if (at > PAGE_SIZE - 2) {
            long address = base & UNSIGNED;
            return (int) loadSlowly(address, 2, view);
        }
        byte[] source;
        try {
            source = pages[page];
        } catch (ArrayIndexOutOfBoundsException e) {
            throw new AddressFault(base & UNSIGNED, 2);
        }
        return (short) SHORT.get(source, at) & 0xFFFF;
    }

    /** i32.load16_u with an offset */
    public static int i32Load16U(int base, int offset, MemoryView view) {
        byte[][] pages = view.readPages;
        long address = (base & UNSIGNED) + (offset & UNSIGNED);
        int page = (int) (address >>> SHIFT);
        int at = (int) address & MASK;
        if (at > PAGE_SIZE - 2) {
            return (int) loadSlowly(address, 2, view);
        }
        byte[] source;
        try {
            source = pages[page];
        } catch (ArrayIndexOutOfBoundsException e) {
            throw new AddressFault(address, 2);
        }
        return (short) SHORT.get(source, at) & 0xFFFF;
    }

    /** i32.load */
    public static int i32Load(int base, MemoryView view) {
        byte[][] pages = view.readPages;
        int page = base >>> SHIFT;
        int at = base & MASK;
        if (at > PAGE_SIZE - 4) {
            long address = base & UNSIGNED;
            return (int) loadSlowly(address, 4, view);
        }
        byte[] source;
        try {
            source = pages[page];
        } catch (ArrayIndexOutOfBoundsException e) {
            throw new AddressFault(base & UNSIGNED, 4);
        }
        return (int) INT.get(source, at);
    }

    /** i32.load with an offset */
    public static int i32Load(int base, int offset, MemoryView view) {
        byte[][] pages = view.readPages;
        long address = (base & UNSIGNED) + (offset & UNSIGNED);
        int page = (int) (address >>> SHIFT);
        int at = (int) address & MASK;
        if (at > PAGE_SIZE - 4) {
            return (int) loadSlowly(address, 4, view);
        }
        byte[] source;
        try {
            source = pages[page];
        } catch (ArrayIndexOutOfBoundsException e) {
            throw new AddressFault(address, 4);
        }
        return (int) INT.get(source, at);
    }

    /** i64.load */
    public static long i64Load(int base, MemoryView view) {
        byte[][] pages = view.readPages;
        int page = base >>> SHIFT;
        int at = base & MASK;
        if (at > PAGE_SIZE - 8) {
            long address = base & UNSIGNED;
            return loadSlowly(address, 8, view);
        }
        byte[] source;
        try {
            source = pages[page];
        } catch (ArrayIndexOutOfBoundsException e) {
            throw new AddressFault(base & UNSIGNED, 8);
        }
        return (long) LONG.get(source, at);
    }

    /** i64.load with an offset */
    public static long i64Load(int base, int offset, MemoryView view) {
        byte[][] pages = view.readPages;
        long address = (base & UNSIGNED) + (offset & UNSIGNED);
        int page = (int) (address >>> SHIFT);
        int at = (int) address & MASK;
        if (at > PAGE_SIZE - 8) {
            return loadSlowly(address, 8, view);
        }
        byte[] source;
        try {
            source = pages[page];
        } catch (ArrayIndexOutOfBoundsException e) {
            throw new AddressFault(address, 8);
        }
        return (long) LONG.get(source, at);
    }

    /** f32.load */
    public static float f32Load(int base, MemoryView view) {
        byte[][] pages = view.readPages;
        int page = base >>> SHIFT;
        int at = base & MASK;
        if (at > PAGE_SIZE - 4) {
            long address = base & UNSIGNED;
            return Float.intBitsToFloat((int) loadSlowly(address, 4, view));
        }
        byte[] source;
        try {
            source = pages[page];
        } catch (ArrayIndexOutOfBoundsException e) {
            throw new AddressFault(base & UNSIGNED, 4);
        }
        return (float) FLOAT.get(source, at);
    }

    /** f32.load with an offset */
    public static float f32Load(int base, int offset, MemoryView view) {
        byte[][] pages = view.readPages;
        long address = (base & UNSIGNED) + (offset & UNSIGNED);
        int page = (int) (address >>> SHIFT);
        int at = (int) address & MASK;
        if (at > PAGE_SIZE - 4) {
            return Float.intBitsToFloat((int) loadSlowly(address, 4, view));
        }
        byte[] source;
        try {
            source = pages[page];
        } catch (ArrayIndexOutOfBoundsException e) {
            throw new AddressFault(address, 4);
        }
        return (float) FLOAT.get(source, at);
    }

    /** f64.load */
    public static double f64Load(int base, MemoryView view) {
        byte[][] pages = view.readPages;
        int page = base >>> SHIFT;
        int at = base & MASK;
        if (at > PAGE_SIZE - 8) {
            long address = base & UNSIGNED;
            return Double.longBitsToDouble(loadSlowly(address, 8, view));
        }
        byte[] source;
        try {
            source = pages[page];
        } catch (ArrayIndexOutOfBoundsException e) {
            throw new AddressFault(base & UNSIGNED, 8);
        }
        return (double) DOUBLE.get(source, at);
    }

    /** f64.load with an offset */
    public static double f64Load(int base, int offset, MemoryView view) {
        byte[][] pages = view.readPages;
        long address = (base & UNSIGNED) + (offset & UNSIGNED);
        int page = (int) (address >>> SHIFT);
        int at = (int) address & MASK;
        if (at > PAGE_SIZE - 8) {
            return Double.longBitsToDouble(loadSlowly(address, 8, view));
        }
        byte[] source;
        try {
            source = pages[page];
        } catch (ArrayIndexOutOfBoundsException e) {
            throw new AddressFault(address, 8);
        }
        return (double) DOUBLE.get(source, at);
    }

    private static long loadSlowly(long address, int size, MemoryView view) {
        if (address + size > (long) view.readPages.length << SHIFT) {
            throw new AddressFault(address, size);
        }
        return view.memory.readAcross((int) address, size);
    }
}
