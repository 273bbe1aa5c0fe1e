package io.github.jdbcpglite.build.codegen;

import com.dylibso.chicory.wasm.types.OpCode;
import java.util.List;
import java.util.stream.Stream;

/** The comparisons of two numbers, by the JVM's letter of their type. */
final class Comparisons {
    private Comparisons() {}

    /** Returns the ten comparisons of integers, or the six of floats. */
    static List<OpCode> of(char type) {
        return Stream.of(OpCode.values())
                .filter(op -> op.name().matches(prefix(type) + "_(EQ|NE|[LG][TE](_[SU])?)"))
                .toList();
    }

    private static String prefix(char type) {
        return switch (type) {
            case 'I' -> "I32";
            case 'J' -> "I64";
            case 'F' -> "F32";
            default -> "F64";
        };
    }

    /** Returns whether a comparison holds between two values given by their bits. */
    static boolean holds(char type, OpCode comparison, long left, long right) {
        String relation = comparison.name().substring(4);
        boolean unordered = isNan(type, left) || isNan(type, right);
        if (unordered) {
            return relation.equals("NE");
        }
        int order = order(type, relation.endsWith("U"), left, right);
        return switch (relation.substring(0, 2)) {
            case "EQ" -> order == 0;
            case "NE" -> order != 0;
            case "LT" -> order < 0;
            case "LE" -> order <= 0;
            case "GT" -> order > 0;
            default -> order >= 0;
        };
    }

    private static boolean isNan(char type, long bits) {
        return type == 'F' && Float.isNaN(Float.intBitsToFloat((int) bits))
                || type == 'D' && Double.isNaN(Double.longBitsToDouble(bits));
    }

    private static int order(char type, boolean unsigned, long left, long right) {
        return switch (type) {
            case 'I' ->
                    unsigned
                            ? Integer.compareUnsigned((int) left, (int) right)
                            : Integer.compare((int) left, (int) right);
            case 'J' -> unsigned ? Long.compareUnsigned(left, right) : Long.compare(left, right);
            // Adding zero makes -0 equal to 0.
            case 'F' ->
                    Float.compare(
                            Float.intBitsToFloat((int) left) + 0f,
                            Float.intBitsToFloat((int) right) + 0f);
            default ->
                    Double.compare(
                            Double.longBitsToDouble(left) + 0.0,
                            Double.longBitsToDouble(right) + 0.0);
        };
    }

    /** Returns the bits of a number as a type has it. */
    static long bits(char type, double value) {
        return switch (type) {
            case 'I' -> (int) value;
            case 'J' -> (long) value;
            case 'F' -> Float.floatToRawIntBits((float) value);
            default -> Double.doubleToRawLongBits(value);
        };
    }
}
