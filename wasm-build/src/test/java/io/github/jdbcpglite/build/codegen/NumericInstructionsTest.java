package io.github.jdbcpglite.build.codegen;

import static org.assertj.core.api.Assertions.assertThat;

import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.wasm.types.OpCode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every numeric instruction on edge values, in each form the generator treats differently. */
@SuppressWarnings("FloatingPointLiteralPrecision") // the edges of the integer ranges, rounded
final class NumericInstructionsTest {
    private static final long[] I32 = {
        0,
        1,
        2,
        7,
        31,
        32,
        33,
        63,
        127,
        128,
        255,
        256,
        32767,
        32768,
        65535,
        65536,
        -1,
        -2,
        -31,
        -128,
        -129,
        -32768,
        -32769,
        Integer.MAX_VALUE,
        Integer.MIN_VALUE,
        Integer.MIN_VALUE + 1,
        0x12345678,
        0x87654321
    };
    private static final long[] I64 = {
        0,
        1,
        2,
        31,
        32,
        63,
        64,
        65,
        127,
        128,
        255,
        32767,
        32768,
        -1,
        -2,
        -128,
        -129,
        -32769,
        Integer.MAX_VALUE,
        Integer.MIN_VALUE,
        0xFFFFFFFFL,
        0x100000000L,
        Long.MAX_VALUE,
        Long.MIN_VALUE,
        Long.MIN_VALUE + 1,
        0x123456789ABCDEF0L,
        0x20000000000001L,
        0x40000080000001L,
        -0x20000000000001L,
        0x8000008000000001L,
        0xFFFFFF8000000000L
    };
    private static final double[] REALS = {
        0.0,
        -0.0,
        1,
        -1,
        0.5,
        -0.5,
        1.5,
        -1.5,
        2.5,
        0.9999999,
        -0.9999999,
        1e-40,
        1e-310,
        1e30,
        -1e30,
        1e300,
        -1e300,
        2147483647,
        2147483648.0,
        2147483649.0,
        -2147483648.0,
        -2147483648.9,
        -2147483649.0,
        4294967295.0,
        4294967295.9,
        4294967296.0,
        9223372036854775807.0,
        9223371487098961920.0,
        9223372036854774784.0,
        -9223372036854775808.0,
        -9223373136366403584.0,
        18446744073709549568.0,
        18446744073709551616.0,
        Double.POSITIVE_INFINITY,
        Double.NEGATIVE_INFINITY,
        Double.NaN,
        Float.MAX_VALUE,
        Float.MIN_VALUE,
        Double.MIN_VALUE,
        Double.MAX_VALUE
    };

    private static long[] values(char type) {
        return switch (type) {
            case 'I' -> I32;
            case 'J' -> I64;
            case 'F' -> {
                long[] bits = new long[REALS.length + 3];
                for (int i = 0; i < REALS.length; i++) {
                    bits[i] = Float.floatToRawIntBits((float) REALS[i]);
                }
                bits[REALS.length] = 0xFFC00000;
                bits[REALS.length + 1] = 0x7FA00001;
                bits[REALS.length + 2] = 0xFFA12345;
                yield bits;
            }
            default -> {
                long[] bits = new long[REALS.length + 3];
                for (int i = 0; i < REALS.length; i++) {
                    bits[i] = Double.doubleToRawLongBits(REALS[i]);
                }
                bits[REALS.length] = 0xFFF8000000000000L;
                bits[REALS.length + 1] = 0x7FF4000000000001L;
                bits[REALS.length + 2] = 0xFFF4000000012345L;
                yield bits;
            }
        };
    }

    static Stream<OpCode> instructions() {
        return Stream.of(OpCode.values())
                .filter(
                        op ->
                                op.opcode() >= OpCode.I32_EQZ.opcode()
                                                && op.opcode() <= OpCode.I64_EXTEND_32_S.opcode()
                                        || op.opcode() >= OpCode.I32_TRUNC_SAT_F32_S.opcode()
                                                && op.opcode()
                                                        <= OpCode.I64_TRUNC_SAT_F64_U.opcode());
    }

    private static char letter(String type) {
        return switch (type) {
            case "I32" -> 'I';
            case "I64" -> 'J';
            case "F32" -> 'F';
            default -> 'D';
        };
    }

    /** Returns the signature that an instruction's name tells. */
    private static String signature(OpCode op) {
        String[] words = op.name().split("_", -1);
        char own = letter(words[0]);
        String name = words[1];
        return switch (name) {
            case "EQZ" -> own + ":I";
            case "EQ", "NE", "LT", "GT", "LE", "GE" -> "" + own + own + ":I";
            case "CLZ", "CTZ", "POPCNT", "ABS", "NEG", "CEIL", "FLOOR", "NEAREST", "SQRT" ->
                    own + ":" + own;
            case "WRAP", "REINTERPRET", "DEMOTE", "PROMOTE", "CONVERT" ->
                    letter(words[2]) + ":" + own;
            case "TRUNC" -> {
                if (words.length == 2) {
                    yield own + ":" + own;
                }
                yield letter(words[2].equals("SAT") ? words[3] : words[2]) + ":" + own;
            }
            case "EXTEND" -> (words[2].equals("I32") ? 'I' : own) + ":" + own;
            default -> "" + own + own + ":" + own;
        };
    }

    @ParameterizedTest
    @MethodSource("instructions")
    void agreesWithTheInterpreterOnEdgeValues(OpCode op) {
        String signature = signature(op);
        WasmBuilder wasm = new WasmBuilder();
        WasmBuilder.Body body = WasmBuilder.body().get(0);
        if (signature.indexOf(':') == 2) {
            body.get(1);
        }
        wasm.export("f", signature, "", body.op(op));
        if (jumps(op)) {
            addJumps(wasm, op, signature);
        }
        Instance expected = Guests.interpreted(wasm.parse(), Guests.noImports());
        Instance actual = Guests.generated(wasm.parse(), Guests.noImports());
        String result = signature.substring(signature.indexOf(':') + 1);
        List<String> forms =
                jumps(op) ? List.of("f", "if", "not", "select", "select of a type") : List.of("f");
        for (String function : forms) {
            for (long[] args : arguments(signature)) {
                if (interpreterIsWrong(op, args[0])) {
                    continue;
                }
                assertThat(Guests.outcome(actual, function, result, args))
                        .as("%s %s %x", function, op, args[0])
                        .isEqualTo(Guests.outcome(expected, function, result, args));
            }
        }
    }

    /**
     * Whether the outcome is tried as a condition too. Chicory's interpreter does not truncate a
     * product, so that its condition looks at more than 32 bits.
     */
    private static boolean jumps(OpCode op) {
        return signature(op).endsWith(":I") && op != OpCode.I32_MUL;
    }

    /**
     * Chicory's interpreter rounds twice here; {@link #roundsUnsignedOnce} has the right values.
     */
    private static boolean interpreterIsWrong(OpCode op, long operand) {
        return op == OpCode.F32_CONVERT_I64_U && operand < 0;
    }

    @Test
    void roundsUnsignedOnce() {
        WasmBuilder wasm = new WasmBuilder();
        wasm.export("f32", "J:F", "", WasmBuilder.body().get(0).op(OpCode.F32_CONVERT_I64_U));
        wasm.export("f64", "J:D", "", WasmBuilder.body().get(0).op(OpCode.F64_CONVERT_I64_U));
        Instance guest = Guests.generated(wasm.parse(), Guests.noImports());
        for (long value : I64) {
            BigDecimal exact = new BigDecimal(Long.toUnsignedString(value));
            assertThat(Float.intBitsToFloat((int) guest.export("f32").apply(value)[0]))
                    .as("%x", value)
                    .isEqualTo(exact.floatValue());
            assertThat(Double.longBitsToDouble(guest.export("f64").apply(value)[0]))
                    .as("%x", value)
                    .isEqualTo(exact.doubleValue());
        }
    }

    /** The outcome as the condition of an if, inverted for a branch, and for a select. */
    private static void addJumps(WasmBuilder wasm, OpCode op, String signature) {
        boolean binary = signature.indexOf(':') == 2;
        WasmBuilder.Body value = WasmBuilder.body().get(0);
        if (binary) {
            value.get(1);
        }
        byte[] operation = value.op(op).toBytes();
        wasm.export(
                "if",
                signature,
                "",
                WasmBuilder.body()
                        .raw(operation)
                        .block(OpCode.IF, "I")
                        .i32(11)
                        .op(OpCode.ELSE)
                        .i32(22)
                        .end());
        wasm.export(
                "not",
                signature,
                "",
                WasmBuilder.body()
                        .block(OpCode.BLOCK, "")
                        .raw(operation)
                        .op(OpCode.I32_EQZ)
                        .op(OpCode.BR_IF, 0)
                        .i32(33)
                        .op(OpCode.RETURN)
                        .end()
                        .i32(44));
        wasm.export(
                "select",
                signature,
                "",
                WasmBuilder.body().i32(55).i32(66).raw(operation).op(OpCode.SELECT));
        wasm.export(
                "select of a type",
                signature,
                "",
                WasmBuilder.body().i32(55).i32(66).raw(operation).op(OpCode.SELECT_T, 1, 0x7F));
    }

    private static List<long[]> arguments(String signature) {
        List<long[]> all = new ArrayList<>();
        for (long a : values(signature.charAt(0))) {
            if (signature.indexOf(':') == 1) {
                all.add(new long[] {a});
            } else {
                for (long b : values(signature.charAt(1))) {
                    all.add(new long[] {a, b});
                }
            }
        }
        return all;
    }

    @ParameterizedTest
    @MethodSource("instructions")
    void agreesWithTheInterpreterForAConstantRightOperand(OpCode op) {
        String signature = signature(op);
        if (signature.indexOf(':') != 2) {
            return;
        }
        char type = signature.charAt(1);
        WasmBuilder wasm = new WasmBuilder();
        String unary = signature.substring(1);
        long[] constants = values(type);
        for (int i = 0; i < constants.length; i++) {
            byte[] operation =
                    WasmBuilder.body().get(0).constant(type, constants[i]).op(op).toBytes();
            wasm.export("f" + i, unary, "", WasmBuilder.body().raw(operation));
            if (jumps(op)) {
                wasm.export(
                        "if" + i,
                        unary,
                        "",
                        WasmBuilder.body()
                                .raw(operation)
                                .block(OpCode.IF, "I")
                                .i32(11)
                                .op(OpCode.ELSE)
                                .i32(22)
                                .end());
            }
        }
        Instance expected = Guests.interpreted(wasm.parse(), Guests.noImports());
        Instance actual = Guests.generated(wasm.parse(), Guests.noImports());
        String result = signature.substring(3);
        for (int i = 0; i < constants.length; i++) {
            for (String name : jumps(op) ? List.of("f", "if") : List.of("f")) {
                for (long value : values(type)) {
                    assertThat(Guests.outcome(actual, name + i, result, value))
                            .as("%s of %x and constant %x", op, value, constants[i])
                            .isEqualTo(Guests.outcome(expected, name + i, result, value));
                }
            }
        }
    }

    /** The specification's results where the interpreter could share a mistake with the engine. */
    @Test
    void keepsTheBitsOfNaNsWhereTheSpecificationSaysSo() {
        WasmBuilder wasm = new WasmBuilder();
        wasm.export("neg", "J:J", "", bits(OpCode.F64_NEG));
        wasm.export("abs", "J:J", "", bits(OpCode.F64_ABS));
        wasm.export(
                "copysign",
                "JJ:J",
                "",
                WasmBuilder.body()
                        .get(0)
                        .op(OpCode.F64_REINTERPRET_I64)
                        .get(1)
                        .op(OpCode.F64_REINTERPRET_I64)
                        .op(OpCode.F64_COPYSIGN)
                        .op(OpCode.I64_REINTERPRET_F64));
        Instance guest = Guests.generated(wasm.parse(), Guests.noImports());
        long quiet = 0x7FF8000000012345L;
        long signalling = 0x7FF4000000012345L;
        for (long nan : new long[] {quiet, signalling}) {
            assertThat(guest.export("neg").apply(nan)).containsExactly(nan | Long.MIN_VALUE);
            assertThat(guest.export("abs").apply(nan | Long.MIN_VALUE)).containsExactly(nan);
            assertThat(guest.export("copysign").apply(nan, Long.MIN_VALUE))
                    .containsExactly(nan | Long.MIN_VALUE);
            assertThat(guest.export("copysign").apply(0, nan | Long.MIN_VALUE))
                    .containsExactly(Long.MIN_VALUE);
        }
    }

    private static WasmBuilder.Body bits(OpCode op) {
        return WasmBuilder.body()
                .get(0)
                .op(OpCode.F64_REINTERPRET_I64)
                .op(op)
                .op(OpCode.I64_REINTERPRET_F64);
    }
}
