package io.github.jdbcpglite.engine.bytecode;

import io.github.jdbcpglite.engine.HostFunction;

/**
 * The {@code invoke_*} imports, calls through the function table that catch longjmp, and longjmp.
 *
 * <p>Emscripten compiles a call inside a function that calls setjmp into a call of {@code
 * invoke_SIGNATURE(index, args…)}. The engine saves the stack pointer, calls the table's function
 * and, when a longjmp unwinds to here, restores the stack pointer and reports it with {@code
 * setThrew(1, 0)}; the caller then looks whether the jump was for its own setjmp and, if not,
 * throws it again.
 *
 * @see <a href="https://emscripten.org/docs/porting/setjmp-longjmp.html">Emscripten: setjmp</a>
 */
final class InvokeFunctions {
    private static final HostFunction LONGJMP =
            (caller, args) -> {
                throw LongjmpException.INSTANCE;
            };

    private InvokeFunctions() {}

    /** Returns a function that {@link BytecodeEngine#provides} names. */
    static HostFunction create(String name, BytecodeGuest guest) {
        return name.startsWith("invoke_") ? (caller, args) -> invoke(guest, args) : LONGJMP;
    }

    private static long invoke(BytecodeGuest guest, long[] args) {
        int stackPointer = guest.stackPointer();
        long[] arguments = new long[args.length - 1];
        System.arraycopy(args, 1, arguments, 0, arguments.length);
        try {
            return guest.callIndirect((int) args[0], arguments);
        } catch (LongjmpException e) {
            guest.stackPointer(stackPointer);
            guest.setThrew();
            return 0;
        }
    }
}
