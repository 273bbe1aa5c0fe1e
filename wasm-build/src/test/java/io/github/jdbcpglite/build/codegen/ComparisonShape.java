package io.github.jdbcpglite.build.codegen;

import com.dylibso.chicory.wasm.types.OpCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Two comparisons of one value, the second wherever the first goes, each made and used in one of
 * the ways in which compilers of C do.
 *
 * <p>The function takes the value and, if anything is compared with a variable, two others. What it
 * returns tells which way it took, and depends on all its parameters, so that all live to the end.
 *
 * @param type type of the operands
 * @param first what is asked first
 * @param second what is asked then
 */
record ComparisonShape(char type, Part first, Part second) {
    /** How the outcome of a comparison reaches the jump. */
    enum Form {
        IF,
        IF_WITH_LOOP,
        BR_IF,
        LOCAL,
        KEPT_LOCAL,
        CALLED,
        CALLED_WITH_IF,
        MERGED,
        SELECTED,
        EQZ
    }

    /**
     * One comparison.
     *
     * @param right the right operand's bits
     * @param variable whether that operand is a parameter of the function
     */
    record Part(OpCode comparison, Form form, long right, boolean variable) {
        boolean holds(char type, long left) {
            return Comparisons.holds(type, comparison, left, right);
        }

        @Override
        public String toString() {
            return (variable ? "variable " : "") + comparison + " " + right + " as " + form;
        }
    }

    /** Locals after the parameters: a counter and a flag for each comparison. */
    static final String LOCALS = "III";

    private static final double[] LIMITS = {1664, 0};
    private static final double USUAL_LIMIT = 1000;
    private static final int[] INTERESTING = {0, -1, 1664, 1665};

    /** Returns any shape. Half of all compare ints, and half of all operands are constants. */
    static ComparisonShape any(Random random) {
        char type = "IIIJFD".charAt(random.nextInt(6));
        int limit = random.nextInt(2);
        return new ComparisonShape(
                type, part(type, LIMITS[limit], random), part(type, LIMITS[1 - limit], random));
    }

    private static Part part(char type, double limit, Random random) {
        List<OpCode> comparisons = Comparisons.of(type);
        Form[] forms = Form.values();
        return new Part(
                comparisons.get(random.nextInt(comparisons.size())),
                forms[random.nextInt(forms.length)],
                Comparisons.bits(type, limit),
                random.nextBoolean());
    }

    /** Returns a value for which both comparisons are as for any other such value. */
    static long usual(char type, int i) {
        return Comparisons.bits(type, 1 + i % USUAL_LIMIT);
    }

    /** Returns the values that may go another way. */
    static List<Long> unusual(char type) {
        List<Long> values = new ArrayList<>();
        for (int value : INTERESTING) {
            values.add(Comparisons.bits(type, value));
        }
        values.addAll(
                switch (type) {
                    case 'I' -> List.of((long) Integer.MIN_VALUE, (long) Integer.MAX_VALUE);
                    case 'J' -> List.of(Long.MIN_VALUE, Long.MAX_VALUE, 1L << 32, -1L << 32);
                    case 'F' -> List.of(Comparisons.bits('F', Double.NaN), 0x80000000L);
                    default -> List.of(Comparisons.bits('D', Double.NaN), Long.MIN_VALUE);
                });
        return values;
    }

    /** Returns whether a value goes another way than the usual ones. */
    boolean surprises(long value) {
        long usual = usual(type, 0);
        return first.holds(type, value) != first.holds(type, usual)
                || second.holds(type, value) != second.holds(type, usual);
    }

    private boolean variables() {
        return first.variable() || second.variable();
    }

    String signature() {
        return String.valueOf(type).repeat(parameters()) + ":I";
    }

    /** Returns arguments with a value as the one that is compared. */
    long[] arguments(long value) {
        return variables() ? new long[] {value, first.right(), second.right()} : new long[] {value};
    }

    /** Returns the function's body; functions that it calls are added to the module. */
    WasmBuilder.Body body(SurpriseModule module) {
        WasmBuilder.Body body = WasmBuilder.body();
        branch(
                module,
                body,
                0,
                () ->
                        branch(
                                module,
                                body,
                                1,
                                () -> giveBack(body, 100_000),
                                () -> giveBack(body, 200_000)),
                () ->
                        branch(
                                module,
                                body,
                                1,
                                () -> giveBack(body, 300_000),
                                () -> giveBack(body, 400_000)));
        return body.i32(0);
    }

    /** Adds a jump by a comparison; both ways end the function. */
    private void branch(
            SurpriseModule module,
            WasmBuilder.Body body,
            int index,
            Runnable whereTrue,
            Runnable whereFalse) {
        Part part = index == 0 ? first : second;
        if (part.form() == Form.BR_IF) {
            compare(body.block(OpCode.BLOCK, ""), part, index).op(OpCode.BR_IF, 0);
            whereFalse.run();
            body.end();
            whereTrue.run();
            return;
        }
        condition(module, body, part, index);
        body.block(OpCode.IF, "");
        if (part.form() == Form.IF_WITH_LOOP) {
            int counter = parameters();
            body.block(OpCode.LOOP, "").get(counter).i32(1).op(OpCode.I32_ADD).set(counter);
            body.get(counter).i32(3).op(OpCode.I32_LT_S).op(OpCode.BR_IF, 0).end();
        }
        whereTrue.run();
        body.op(OpCode.ELSE);
        whereFalse.run();
        body.end();
    }

    private void condition(SurpriseModule module, WasmBuilder.Body body, Part part, int index) {
        int flag = parameters() + 1 + index;
        switch (part.form()) {
            case LOCAL -> compare(body, part, index).set(flag).get(flag);
            case KEPT_LOCAL -> compare(body, part, index).op(OpCode.LOCAL_TEE, flag);
            case CALLED, CALLED_WITH_IF -> {
                body.get(0);
                if (part.variable()) {
                    body.get(1 + index);
                }
                body.op(OpCode.CALL, callee(module, part));
            }
            case MERGED -> oneOrZero(compare(body, part, index));
            case SELECTED -> compare(body.i32(1).i32(0), part, index).op(OpCode.SELECT);
            case EQZ -> compare(body, part, index).op(OpCode.I32_EQZ).op(OpCode.I32_EQZ);
            default -> compare(body, part, index);
        }
    }

    private static void oneOrZero(WasmBuilder.Body body) {
        body.block(OpCode.IF, "I").i32(1).op(OpCode.ELSE).i32(0).end();
    }

    private WasmBuilder.Body compare(WasmBuilder.Body body, Part part, int index) {
        body.get(0);
        return right(body, part, 1 + index).op(part.comparison());
    }

    private WasmBuilder.Body right(WasmBuilder.Body body, Part part, int parameter) {
        return part.variable() ? body.get(parameter) : body.constant(type, part.right());
    }

    /** Adds a function that returns how an int compares with a constant; returns its index. */
    static int anyCallee(SurpriseModule module, Random random) {
        Form form = random.nextBoolean() ? Form.CALLED : Form.CALLED_WITH_IF;
        List<OpCode> comparisons = Comparisons.of('I');
        OpCode comparison = comparisons.get(random.nextInt(comparisons.size()));
        long right = Comparisons.bits('I', LIMITS[random.nextInt(LIMITS.length)]);
        Part part = new Part(comparison, form, right, false);
        return new ComparisonShape('I', part, part).callee(module, part);
    }

    /** Adds a function that returns the outcome of a comparison; returns the function's index. */
    private int callee(SurpriseModule module, Part part) {
        WasmBuilder.Body body = right(WasmBuilder.body().get(0), part, 1).op(part.comparison());
        if (part.form() == Form.CALLED_WITH_IF) {
            body.block(OpCode.IF, "").i32(1).op(OpCode.RETURN).end().i32(0);
        }
        String signature = String.valueOf(type).repeat(part.variable() ? 2 : 1) + ":I";
        long often = usual(type, 0);
        long seldom =
                unusual(type).stream()
                        .filter(value -> part.holds(type, value) != part.holds(type, often))
                        .findFirst()
                        .orElse(often);
        return module.mixed(
                type + " " + part,
                signature,
                body,
                part.variable() ? new long[] {often, part.right()} : new long[] {often},
                part.variable() ? new long[] {seldom, part.right()} : new long[] {seldom});
    }

    private int parameters() {
        return variables() ? 3 : 1;
    }

    /** Returns a number and what all that is alive adds to it. */
    private void giveBack(WasmBuilder.Body body, int number) {
        body.i32(number);
        for (int i = 0; i < parameters(); i++) {
            body.get(i);
            switch (type) {
                case 'J' -> body.op(OpCode.I32_WRAP_I64);
                case 'F' -> body.op(OpCode.I32_REINTERPRET_F32);
                case 'D' -> body.op(OpCode.I64_REINTERPRET_F64).op(OpCode.I32_WRAP_I64);
                default -> {}
            }
            body.op(OpCode.I32_XOR);
        }
        for (int i = 0; i < 2; i++) {
            if ((i == 0 ? first : second).form() == Form.KEPT_LOCAL) {
                body.get(parameters() + 1 + i).op(OpCode.I32_ADD);
            }
        }
        body.op(OpCode.RETURN);
    }
}
