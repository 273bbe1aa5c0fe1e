package io.github.jdbcpglite.build.codegen;

import java.util.List;

/**
 * Figures of a translation.
 *
 * @param functions number of translated functions
 * @param classBytes size of all class files
 * @param codeBytes size of all translated functions' bytecode
 * @param hugeMethods methods that HotSpot never compiles because of their size, largest first
 */
public record Report(int functions, long classBytes, long codeBytes, List<MethodSize> hugeMethods) {
    /** HotSpot compiles no method of more bytecodes than this. */
    public static final int HUGE_METHOD_BYTES = 8000;

    /** Copies the list. */
    public Report {
        hugeMethods = List.copyOf(hugeMethods);
    }

    /**
     * The size of a generated method.
     *
     * @param className internal name of its class
     * @param method its name
     * @param codeBytes its bytecode
     */
    public record MethodSize(String className, String method, int codeBytes) {}
}
