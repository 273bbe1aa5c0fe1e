package io.github.jdbcpglite.wasm.emscripten;

import io.github.jdbcpglite.wasm.memory.PagedLinearMemory;
import java.util.Map;

/** Host functions that never return to the guest: exits, jumps and aborts. Stateless. */
public final class ControlFlow {
    private ControlFlow() {}

    /**
     * Returns the functions by the name of their import.
     *
     * @param program what messages call the guest
     * @param memory where messages of the guest lie
     */
    public static Map<String, HostFunction> of(String program, PagedLinearMemory memory) {
        return Map.of(
                "exit",
                args -> exit((int) args[0]),
                "proc_exit",
                args -> exit((int) args[0]),
                "emscripten_force_exit",
                args -> exit((int) args[0]),
                "_emscripten_throw_longjmp",
                args -> {
                    throw LongjmpException.INSTANCE;
                },
                "_abort_js",
                args -> {
                    throw new AbortException(program + " called abort()");
                },
                "__assert_fail",
                args -> {
                    throw new AbortException(
                            "assertion failed in "
                                    + program
                                    + ": "
                                    + memory.readCString((int) args[0])
                                    + " at "
                                    + memory.readCString((int) args[1])
                                    + ":"
                                    + (int) args[2]);
                });
    }

    private static long exit(int status) {
        throw new ExitException(status);
    }
}
