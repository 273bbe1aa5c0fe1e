package io.github.jdbcpglite.build.release;

/**
 * An instruction whose immediate is a number of interest.
 *
 * @param function the function's index
 * @param instruction which instruction of it, the first one is 0
 * @param exponent whether the immediate is the number's logarithm to base two, as in a shift that
 *     stands for a multiplication
 */
public record Place(int function, int instruction, boolean exponent) {
    private static final String EXPONENT = "2^";

    /**
     * Reads what {@link #toString} wrote.
     *
     * @throws IllegalArgumentException for another text
     */
    static Place parse(String text) {
        boolean exponent = text.startsWith(EXPONENT);
        String rest = exponent ? text.substring(EXPONENT.length()) : text;
        int colon = rest.indexOf(':');
        if (colon < 0) {
            throw new IllegalArgumentException("not FUNCTION:INSTRUCTION: " + text);
        }
        return new Place(
                Integer.parseInt(rest.substring(0, colon)),
                Integer.parseInt(rest.substring(colon + 1)),
                exponent);
    }

    /** Returns the number for which an immediate stands here. */
    public long number(long immediate) {
        return exponent ? 1L << immediate : immediate;
    }

    @Override
    public String toString() {
        return (exponent ? EXPONENT : "") + function + ':' + instruction;
    }
}
