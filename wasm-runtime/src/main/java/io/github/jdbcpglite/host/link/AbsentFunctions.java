package io.github.jdbcpglite.host.link;

import io.github.jdbcpglite.engine.HostFunction;
import java.util.Map;

/**
 * C library functions that the main module was linked without and that a library names all the
 * same: pgcrypto contains all of OpenSSL, with its sockets and terminal prompts, which it never
 * calls.
 *
 * <p>Each does what POSIX allows where there is no such thing: advice about memory is taken and
 * ignored, and there is no socket, terminal or name server.
 */
final class AbsentFunctions {
    private static final HostFunction DONE = (caller, args) -> 0;
    private static final HostFunction FAILED = (caller, args) -> -1;

    private static final Map<String, HostFunction> FUNCTIONS =
            Map.ofEntries(
                    Map.entry("madvise", DONE),
                    Map.entry("mlock", DONE),
                    Map.entry("mprotect", DONE),
                    Map.entry("setbuf", DONE),
                    Map.entry("sleep", (caller, args) -> args[0]),
                    Map.entry("gethostbyname", DONE),
                    Map.entry("getsockname", FAILED),
                    Map.entry("getsockopt", FAILED),
                    Map.entry("setsockopt", FAILED),
                    Map.entry("shutdown", FAILED),
                    Map.entry("signal", FAILED),
                    Map.entry("tcgetattr", FAILED),
                    Map.entry("tcsetattr", FAILED));

    private AbsentFunctions() {}

    /** Returns the functions by name. */
    static Map<String, HostFunction> all() {
        return FUNCTIONS;
    }
}
