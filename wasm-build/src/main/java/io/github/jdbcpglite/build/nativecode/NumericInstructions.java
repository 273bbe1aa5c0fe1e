package io.github.jdbcpglite.build.nativecode;

import io.github.jdbcpglite.build.wasm.Instruction;
import io.github.jdbcpglite.build.wasm.Opcodes;
import io.github.jdbcpglite.build.wasm.ValType;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Instructions that make a number of one or two: each is an expression. */
final class NumericInstructions {
    /** For each opcode the result's letter and the expression, with the operands a and b. */
    private static final String EXPRESSIONS =
            """
            45 i !a
            46 i a == b
            47 i a != b
            48 i (s32)a < (s32)b
            49 i a < b
            4a i (s32)a > (s32)b
            4b i a > b
            4c i (s32)a <= (s32)b
            4d i a <= b
            4e i (s32)a >= (s32)b
            4f i a >= b
            50 i !a
            51 i a == b
            52 i a != b
            53 i (s64)a < (s64)b
            54 i a < b
            55 i (s64)a > (s64)b
            56 i a > b
            57 i (s64)a <= (s64)b
            58 i a <= b
            59 i (s64)a >= (s64)b
            5a i a >= b
            5b i a == b
            5c i a != b
            5d i a < b
            5e i a > b
            5f i a <= b
            60 i a >= b
            61 i a == b
            62 i a != b
            63 i a < b
            64 i a > b
            65 i a <= b
            66 i a >= b
            67 i i32_clz(a)
            68 i i32_ctz(a)
            69 i (u32)__builtin_popcount(a)
            6a i a + b
            6b i a - b
            6c i a * b
            6d i i32_div_s(c, a, b)
            6e i i32_div_u(c, a, b)
            6f i i32_rem_s(c, a, b)
            70 i i32_rem_u(c, a, b)
            71 i a & b
            72 i a | b
            73 i a ^ b
            74 i a << (b & 31)
            75 i (u32)((s32)a >> (b & 31))
            76 i a >> (b & 31)
            77 i __builtin_rotateleft32(a, b)
            78 i __builtin_rotateright32(a, b)
            79 j i64_clz(a)
            7a j i64_ctz(a)
            7b j (u64)__builtin_popcountll(a)
            7c j a + b
            7d j a - b
            7e j a * b
            7f j i64_div_s(c, a, b)
            80 j i64_div_u(c, a, b)
            81 j i64_rem_s(c, a, b)
            82 j i64_rem_u(c, a, b)
            83 j a & b
            84 j a | b
            85 j a ^ b
            86 j a << (b & 63)
            87 j (u64)((s64)a >> (b & 63))
            88 j a >> (b & 63)
            89 j __builtin_rotateleft64(a, b)
            8a j __builtin_rotateright64(a, b)
            8b f __builtin_fabsf(a)
            8c f -a
            8d f __builtin_ceilf(a)
            8e f __builtin_floorf(a)
            8f f __builtin_truncf(a)
            90 f __builtin_roundevenf(a)
            91 f __builtin_sqrtf(a)
            92 f a + b
            93 f a - b
            94 f a * b
            95 f a / b
            96 f f32_min(a, b)
            97 f f32_max(a, b)
            98 f __builtin_copysignf(a, b)
            99 d __builtin_fabs(a)
            9a d -a
            9b d __builtin_ceil(a)
            9c d __builtin_floor(a)
            9d d __builtin_trunc(a)
            9e d __builtin_roundeven(a)
            9f d __builtin_sqrt(a)
            a0 d a + b
            a1 d a - b
            a2 d a * b
            a3 d a / b
            a4 d f64_min(a, b)
            a5 d f64_max(a, b)
            a6 d __builtin_copysign(a, b)
            a7 i (u32)a
            a8 i i32_trunc_s(c, a)
            a9 i i32_trunc_u(c, a)
            aa i i32_trunc_s(c, a)
            ab i i32_trunc_u(c, a)
            ac j (u64)(s64)(s32)a
            ad j (u64)a
            ae j i64_trunc_s(c, a)
            af j i64_trunc_u(c, a)
            b0 j i64_trunc_s(c, a)
            b1 j i64_trunc_u(c, a)
            b2 f (float)(s32)a
            b3 f (float)a
            b4 f (float)(s64)a
            b5 f (float)a
            b6 f (float)a
            b7 d (double)(s32)a
            b8 d (double)a
            b9 d (double)(s64)a
            ba d (double)a
            bb d opaque_f64((double)a)
            bc i bits_of_f32(a)
            bd j bits_of_f64(a)
            be f f32_of(a)
            bf d f64_of(a)
            c0 i (u32)(s32)(s8)a
            c1 i (u32)(s32)(s16)a
            c2 j (u64)(s64)(s8)a
            c3 j (u64)(s64)(s16)a
            c4 j (u64)(s64)(s32)a
            fc00 i i32_trunc_sat_s(a)
            fc01 i i32_trunc_sat_u(a)
            fc02 i i32_trunc_sat_s(a)
            fc03 i i32_trunc_sat_u(a)
            fc04 j i64_trunc_sat_s(a)
            fc05 j i64_trunc_sat_u(a)
            fc06 j i64_trunc_sat_s(a)
            fc07 j i64_trunc_sat_u(a)
            """;

    private static final int F32_ADD = 0x92;
    private static final int F32_DIV = 0x95;
    private static final int F64_ADD = 0xA0;
    private static final int F64_DIV = 0xA3;

    private static final int FIELDS = 3;
    private static final Pattern OPERAND = Pattern.compile("\\b[ab]\\b");
    private static final Map<Integer, Form> FORMS = forms();

    private NumericInstructions() {}

    /**
     * An instruction's expression in parts: text, operand, text, and so on.
     *
     * @param texts one more than operands
     * @param operands 0 for a, 1 for b
     */
    private record Form(ValType result, List<String> texts, List<Integer> operands) {
        String of(List<String> values) {
            StringBuilder text = new StringBuilder(texts.get(0));
            for (int i = 0; i < operands.size(); i++) {
                text.append(values.get(operands.get(i))).append(texts.get(i + 1));
            }
            return text.toString();
        }
    }

    private static Map<Integer, Form> forms() {
        Map<Integer, Form> forms = new HashMap<>();
        EXPRESSIONS
                .lines()
                .forEach(
                        line -> {
                            String[] fields = line.split(" ", FIELDS);
                            forms.put(Integer.parseInt(fields[0], 16), form(fields[1], fields[2]));
                        });
        return forms;
    }

    private static Form form(String result, String expression) {
        ValType type =
                switch (result) {
                    case "i" -> ValType.I32;
                    case "j" -> ValType.I64;
                    case "f" -> ValType.F32;
                    default -> ValType.F64;
                };
        List<String> texts = List.of(OPERAND.split(expression, -1));
        List<Integer> operands =
                OPERAND.matcher(expression)
                        .results()
                        .map(operand -> operand.group().equals("a") ? 0 : 1)
                        .toList();
        return new Form(type, texts, operands);
    }

    /** Translates an instruction if it is one of these. */
    static boolean translate(Instruction instruction, OperandStack operands) {
        Form form = FORMS.get(instruction.op());
        if (form == null) {
            return false;
        }
        List<String> values = operands.pop(Opcodes.pops(instruction.op()));
        if (isArithmetic(instruction.op())) {
            values = values.stream().map(NumericInstructions::opaque).toList();
        }
        operands.push(form.result(), form.of(values));
        return true;
    }

    /** Returns whether an instruction adds, subtracts, multiplies or divides floats. */
    private static boolean isArithmetic(int op) {
        return op >= F32_ADD && op <= F32_DIV || op >= F64_ADD && op <= F64_DIV;
    }

    /** Hides a constant from the compiler, which would leave out operations that quiet a NaN. */
    private static String opaque(String operand) {
        if (operand.startsWith("f32_of(")) {
            return "opaque_f32(" + operand + ")";
        }
        return operand.startsWith("f64_of(") ? "opaque_f64(" + operand + ")" : operand;
    }
}
