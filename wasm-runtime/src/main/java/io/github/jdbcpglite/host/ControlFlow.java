package io.github.jdbcpglite.host;

import io.github.jdbcpglite.engine.Guest;
import io.github.jdbcpglite.engine.HostFunction;
import io.github.jdbcpglite.engine.LinearMemory;
import java.util.Map;

/** Host functions that never return to the guest: exits and aborts. Stateless. */
public final class ControlFlow {
    private static final String ABORT = "_abort_js";
    private static final String ASSERT = "__assert_fail";

    private ControlFlow() {}

    /**
     * Returns the functions by the name of their import.
     *
     * @param program what messages call the guest
     */
    public static Map<String, HostFunction> of(String program) {
        HostFunction exit = new Function("exit", program);
        return Map.of(
                "exit",
                exit,
                "proc_exit",
                exit,
                "emscripten_force_exit",
                exit,
                ABORT,
                new Function(ABORT, program),
                ASSERT,
                new Function(ASSERT, program));
    }

    /** One class, and not a lambda for each function, because the start of a JVM pays for each. */
    private record Function(String name, String program) implements HostFunction {
        @Override
        public long call(Guest caller, long[] args) {
            throw switch (name) {
                case ABORT -> new AbortException(program + " called abort()");
                case ASSERT -> new AbortException(failedAssertion(caller.memory(), args));
                default -> new ExitException((int) args[0]);
            };
        }

        private String failedAssertion(LinearMemory memory, long[] args) {
            return "assertion failed in "
                    + program
                    + ": "
                    + memory.getString((int) args[0])
                    + " at "
                    + memory.getString((int) args[1])
                    + ":"
                    + (int) args[2];
        }
    }
}
