package io.github.jdbcpglite.engine.nativecode;

import java.nio.ByteBuffer;

/**
 * The native methods. {@code at} is the address of a reservation, {@code file} the descriptor of a
 * file without a name; pages are those of WebAssembly. Nothing is checked: see the C code for what
 * each one needs.
 */
final class Native {
    /** Bytes of a unit of memory that is copied when it is written. */
    static final int UNIT_BYTES = 1 << 12;

    private Native() {}

    /** Returns where the fields of a header are, in the order that {@link Header} reads. */
    static native long[] layout();

    /** Returns whether faults of translated code become traps from now on. */
    static native boolean installFaultHandler();

    /** Returns whether the addresses of a library's code are known from now on. */
    static native boolean addCode(long library);

    /** Returns the address of a module of a library, or 0 after the last one. */
    static native long module(long library, int index);

    static native void bind(long module, int slot);

    static native String moduleName(long module);

    /** Returns what the build has put beside a library's code, empty for a main module. */
    static native ByteBuffer moduleDescription(long module);

    /** Returns the address of a new reservation, or 0. */
    static native long reserve();

    static native void release(long at);

    static native ByteBuffer buffer(long address, long bytes);

    static native void setBytes(long at, long bytes);

    /** Returns a new file of zeros, or -1. */
    static native int newFile(long bytes);

    static native void closeFile(int file);

    /** Reads the first bytes of an array, a page of them at most; false if that failed. */
    static native boolean readFile(int file, long at, byte[] bytes, int length);

    /** Writes the first bytes of an array, a page of them at most; false if that failed. */
    static native boolean writeFile(int file, long at, byte[] bytes, int length);

    /** Returns where the next bytes are that are no hole, or a negative number. */
    static native long nextData(int file, long from);

    static native boolean mapZeros(long at, int first, int count);

    static native boolean mapImage(long at, int first, int count, int file);

    static native boolean mapShared(long at, int first, int count, int file, int filePage);

    /** Says of each unit, 1 or 0, whether the memory has it alone; false if that is not known. */
    static native boolean ownUnits(long at, byte[] result);

    /** Gives the memory units of its own; false if the system cannot do so ahead of a store. */
    static native boolean makeOwn(long at, int first, int count);

    static native boolean save(long at, int first, int count, int to, int image);

    static native boolean copyFile(int from, int to, long bytes);

    static native long occupied(int file);

    /** Returns the offset of the instance's globals, or 0 if there is no room. */
    static native long newInstance(long at, long module, int slot);

    static native void bindImport(long at, int slot, int imported, int toSlot, int function);

    static native void setThrew(long at, int slot, int function);

    /** Returns the size before, or -1. */
    static native int growTable(long at, int count);

    static native void setEntry(long at, int index, int slot, int function);

    static native void setTable(long at, int slot, int[] functions);

    /** Returns the number by which an upcall names the entry's function, or -1. */
    static native int setCallback(long at, int index, int slot, long type, int nth);

    static native long call(long at, Object guest, int slot, int function);

    static native long stackLeft(long at);

    /** Returns how many bytes lie between the outermost call on this thread and this one. */
    static native long stackUsed();
}
