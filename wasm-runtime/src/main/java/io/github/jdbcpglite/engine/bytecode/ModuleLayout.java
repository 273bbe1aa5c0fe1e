package io.github.jdbcpglite.engine.bytecode;

import java.util.Arrays;

/**
 * What the run time must know about a generated module: which globals live in the context, and the
 * codes by which {@code call_indirect} finds its functions.
 *
 * <p>Immutable; one object for all instances of the module.
 */
public final class ModuleLayout {
    /** Code of a function that generated code does not call through the table. */
    private static final int NO_CODE = -1;

    private final int[] mutable;
    private final int[] captured;
    private final int importedStackPointer;
    private final int[] tableCodes;

    private ModuleLayout(
            int[] mutable, int[] captured, int importedStackPointer, int[] tableCodes) {
        this.mutable = mutable;
        this.captured = captured;
        this.importedStackPointer = importedStackPointer;
        this.tableCodes = tableCodes;
    }

    /**
     * Reads the layout that the generator wrote into the machine's class.
     *
     * @param mutable indexes of the mutable globals that the module defines, comma-separated
     * @param captured indexes of the immutable globals that the context copies at its creation
     * @param importedStackPointer index of an imported stack pointer, or -1
     * @param functionCount number of functions, imported ones included
     * @param directFunctions for each function type in turn its index, the number of functions that
     *     {@code call_indirect} reaches directly, and their indexes, each a character
     */
    public static ModuleLayout of(
            String mutable,
            String captured,
            int importedStackPointer,
            int functionCount,
            String directFunctions) {
        int[] codes = new int[functionCount];
        Arrays.fill(codes, NO_CODE);
        int at = 0;
        while (at < directFunctions.length()) {
            int type = directFunctions.charAt(at);
            int count = directFunctions.charAt(at + 1);
            at += 2;
            for (int ordinal = 0; ordinal < count; ordinal++) {
                codes[directFunctions.charAt(at + ordinal)] = type << 16 | ordinal;
            }
            at += count;
        }
        return new ModuleLayout(numbers(mutable), numbers(captured), importedStackPointer, codes);
    }

    private static int[] numbers(String list) {
        if (list.isEmpty()) {
            return new int[0];
        }
        return Arrays.stream(list.split(",", -1)).mapToInt(Integer::parseInt).toArray();
    }

    int[] mutable() {
        return mutable;
    }

    int[] captured() {
        return captured;
    }

    int importedStackPointer() {
        return importedStackPointer;
    }

    int tableCode(int function) {
        return tableCodes[function];
    }
}
