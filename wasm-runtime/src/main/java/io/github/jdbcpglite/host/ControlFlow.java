package io.github.jdbcpglite.host;

import io.github.jdbcpglite.engine.bytecode.memory.PagedLinearMemory;
import java.util.Map;

/** Host functions that never return to the guest: exits, jumps and aborts. Stateless. */
public final class ControlFlow {
    private static final String LONGJMP = "_emscripten_throw_longjmp";
    private static final String ABORT = "_abort_js";
    private static final String ASSERT = "__assert_fail";

    private ControlFlow() {}

    /**
     * Returns the functions by the name of their import.
     *
     * @param program what messages call the guest
     * @param memory where messages of the guest lie
     */
    public static Map<String, HostFunction> of(String program, PagedLinearMemory memory) {
        HostFunction exit = new Function("exit", program, memory);
        return Map.of(
                "exit",
                exit,
                "proc_exit",
                exit,
                "emscripten_force_exit",
                exit,
                LONGJMP,
                new Function(LONGJMP, program, memory),
                ABORT,
                new Function(ABORT, program, memory),
                ASSERT,
                new Function(ASSERT, program, memory));
    }

    /** One class, and not a lambda for each function, because the start of a JVM pays for each. */
    private record Function(String name, String program, PagedLinearMemory memory)
            implements HostFunction {
        @Override
        public long call(long[] args) {
            throw switch (name) {
                case LONGJMP -> LongjmpException.INSTANCE;
                case ABORT -> new AbortException(program + " called abort()");
                case ASSERT ->
                        new AbortException(
                                "assertion failed in "
                                        + program
                                        + ": "
                                        + memory.readCString((int) args[0])
                                        + " at "
                                        + memory.readCString((int) args[1])
                                        + ":"
                                        + (int) args[2]);
                default -> new ExitException((int) args[0]);
            };
        }
    }
}
