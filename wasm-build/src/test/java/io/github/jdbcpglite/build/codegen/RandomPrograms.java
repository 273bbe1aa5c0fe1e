package io.github.jdbcpglite.build.codegen;

import com.dylibso.chicory.wasm.types.OpCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Makes valid functions at random: expressions, locals, memory, nested blocks, loops and branches
 * with and without values, from below other values too.
 *
 * <p>Loops end because each counts a fuel local down.
 */
final class RandomPrograms {
    /** Parameters: I, J, F, D; then locals: fuel, and two of each type. */
    static final String PARAMETERS = "IJFD";

    static final String LOCALS = "IIIJJFFDD";
    private static final int FUEL = 4;
    private static final int MAX_DEPTH = 5;
    private static final String TYPES = "IJFD";
    private static final String ALL_LOCALS = PARAMETERS + LOCALS;
    private static final OpCode[][] BINARY = {
        {
            OpCode.I32_ADD,
            OpCode.I32_SUB,
            OpCode.I32_AND,
            OpCode.I32_XOR,
            OpCode.I32_SHL,
            OpCode.I32_SHR_U,
            OpCode.I32_ROTL,
            OpCode.I32_DIV_S,
            OpCode.I32_REM_U
        },
        {
            OpCode.I64_ADD,
            OpCode.I64_SUB,
            OpCode.I64_MUL,
            OpCode.I64_OR,
            OpCode.I64_SHL,
            OpCode.I64_SHR_S,
            OpCode.I64_ROTR,
            OpCode.I64_DIV_U,
            OpCode.I64_REM_S
        },
        {OpCode.F32_ADD, OpCode.F32_SUB, OpCode.F32_MUL, OpCode.F32_MIN},
        {OpCode.F64_ADD, OpCode.F64_DIV, OpCode.F64_MUL, OpCode.F64_MAX}
    };
    private static final OpCode[][] COMPARES = {
        {
            OpCode.I32_EQ,
            OpCode.I32_NE,
            OpCode.I32_LT_S,
            OpCode.I32_LT_U,
            OpCode.I32_GE_S,
            OpCode.I32_GT_U,
            OpCode.I32_LE_U
        },
        {OpCode.I64_EQ, OpCode.I64_LT_S, OpCode.I64_LT_U, OpCode.I64_GE_U, OpCode.I64_GT_S},
        {OpCode.F32_LT, OpCode.F32_GE, OpCode.F32_EQ, OpCode.F32_NE},
        {OpCode.F64_GT, OpCode.F64_LE, OpCode.F64_EQ, OpCode.F64_LT}
    };
    private static final OpCode[] LOADS = {
        OpCode.I32_LOAD16_S, OpCode.I64_LOAD32_U, OpCode.F32_LOAD, OpCode.F64_LOAD
    };
    private static final OpCode[] STORES = {
        OpCode.I32_STORE8, OpCode.I64_STORE, OpCode.F32_STORE, OpCode.F64_STORE
    };

    private final Random random;
    private final WasmBuilder.Body body = WasmBuilder.body();

    /** For each open label, innermost last, the types a branch to it carries. */
    private final List<String> labels = new ArrayList<>();

    /**
     * Functions that compare an int with a constant; where there are any, conditions are theirs.
     */
    private final int[] comparisons;

    private int budget;

    private RandomPrograms(Random random, int budget, int... comparisons) {
        this.random = random;
        this.budget = budget;
        this.comparisons = comparisons;
    }

    /** Returns a module of so many functions with the seeds from 1, in each type in turn. */
    static WasmBuilder module(int programs) {
        WasmBuilder wasm = new WasmBuilder().memory(1, 1);
        for (int seed = 1; seed <= programs; seed++) {
            char result = TYPES.charAt(seed % TYPES.length());
            wasm.export("f" + seed, PARAMETERS + ":" + result, LOCALS, create(seed, result));
        }
        return wasm;
    }

    /** Returns a body that leaves one value of a type. */
    static WasmBuilder.Body create(long seed, char result) {
        return new RandomPrograms(new Random(seed), 120).create(result);
    }

    /**
     * Returns a body, which leaves one value of a type, with many conditions that compare the first
     * parameter with constants; it never changes.
     *
     * @param comparisons indexes of functions that return the outcome of such a comparison
     */
    static WasmBuilder.Body createAboutFirst(long seed, char result, int... comparisons) {
        return new RandomPrograms(new Random(seed), 50, comparisons).create(result);
    }

    private WasmBuilder.Body create(char result) {
        labels.add(String.valueOf(result));
        body.i32(20).set(FUEL);
        statements(0);
        expression(result, 0);
        return body;
    }

    private boolean aboutFirst() {
        return comparisons.length > 0;
    }

    private char type() {
        return TYPES.charAt(random.nextInt(TYPES.length()));
    }

    private OpCode any(OpCode[] choices) {
        return choices[random.nextInt(choices.length)];
    }

    private int local(char type) {
        int local;
        do {
            local = random.nextInt(ALL_LOCALS.length());
        } while (ALL_LOCALS.charAt(local) != type || local == FUEL || local == 0 && aboutFirst());
        return local;
    }

    private void statements(int depth) {
        for (int i = random.nextInt(5); i >= 0; i--) {
            statement(depth);
        }
    }

    private void statement(int depth) {
        budget--;
        char type = type();
        switch (depth >= MAX_DEPTH || budget < 0 ? random.nextInt(3) : random.nextInt(11)) {
            case 0 -> {
                expression(type, depth);
                body.set(local(type));
            }
            case 1 -> {
                address(depth);
                expression(type, depth);
                body.op(STORES[TYPES.indexOf(type)], 0, random.nextInt(70_000));
            }
            case 2 -> {
                int local = local('I');
                body.get(local).i32(random.nextInt(2000) - 1000).op(OpCode.I32_ADD).set(local);
            }
            case 3 -> ifStatement(depth);
            case 4 -> loop(depth);
            case 5 -> block(depth);
            case 6 -> branchIf(depth);
            case 7 -> branchTable(depth);
            case 8 -> deadEnd(depth);
            default -> {
                if (aboutFirst()) {
                    ifStatement(depth);
                } else {
                    expression(type, depth);
                    body.op(OpCode.DROP);
                }
            }
        }
    }

    private void address(int depth) {
        expression('I', depth + 1);
        body.i32(0x1FFFF).op(OpCode.I32_AND);
    }

    private void ifStatement(int depth) {
        condition(depth);
        body.block(OpCode.IF, "");
        labels.add("");
        statements(depth + 1);
        if (random.nextBoolean()) {
            body.op(OpCode.ELSE);
            statements(depth + 1);
        }
        close();
    }

    private void close() {
        labels.remove(labels.size() - 1);
        body.end();
    }

    private void block(int depth) {
        body.block(OpCode.BLOCK, "");
        labels.add("");
        statements(depth + 1);
        close();
    }

    private void loop(int depth) {
        body.block(OpCode.LOOP, "");
        labels.add("");
        body.get(FUEL).i32(1).op(OpCode.I32_SUB).op(OpCode.LOCAL_TEE, FUEL);
        body.i32(0).op(OpCode.I32_LT_S).block(OpCode.IF, "");
        labels.add("");
        // An expression might branch back to the loop, past the return.
        body.get(local(labels.get(0).charAt(0))).op(OpCode.RETURN);
        close();
        statements(depth + 1);
        if (random.nextBoolean()) {
            condition(depth);
            body.op(OpCode.BR_IF, 0);
        }
        close();
    }

    private void returnValue(int depth) {
        expression(labels.get(0).charAt(0), depth + 1);
        body.op(OpCode.RETURN);
    }

    private String target(int depth) {
        return labels.get(labels.size() - 1 - depth);
    }

    private void branchIf(int depth) {
        int target = random.nextInt(labels.size());
        String carried = target(target);
        boolean below = random.nextBoolean();
        if (below) {
            expression(type(), depth + 1);
        }
        if (!carried.isEmpty()) {
            expression(carried.charAt(0), depth + 1);
        }
        condition(depth);
        body.op(OpCode.BR_IF, target);
        if (!carried.isEmpty()) {
            body.op(OpCode.DROP);
        }
        if (below) {
            body.op(OpCode.DROP);
        }
    }

    /** A switch inside a block of its own, since nothing after it runs. */
    private void branchTable(int depth) {
        body.block(OpCode.BLOCK, "");
        labels.add("");
        List<Integer> targets = new ArrayList<>();
        for (int i = 0; i < labels.size(); i++) {
            if (target(i).isEmpty()) {
                targets.add(i);
            }
        }
        if (random.nextBoolean()) {
            expression(type(), depth + 1);
        }
        expression('I', depth + 1);
        int cases = random.nextInt(6);
        long[] immediates = new long[cases + 2];
        immediates[0] = cases;
        for (int i = 1; i < immediates.length; i++) {
            immediates[i] = targets.get(random.nextInt(targets.size()));
        }
        body.i32(7).op(OpCode.I32_AND).op(OpCode.BR_TABLE, immediates);
        close();
    }

    /** A block that ends by a jump, with code behind it that never runs. */
    private void deadEnd(int depth) {
        body.block(OpCode.BLOCK, "");
        labels.add("");
        statements(depth + 1);
        if (random.nextInt(4) == 0) {
            returnValue(depth);
        } else {
            int target = random.nextInt(labels.size());
            if (random.nextBoolean()) {
                expression(type(), depth + 1);
            }
            if (!target(target).isEmpty()) {
                expression(target(target).charAt(0), depth + 1);
            }
            body.op(OpCode.BR, target);
        }
        if (random.nextBoolean()) {
            statements(depth + 1);
        }
        close();
    }

    private void condition(int depth) {
        if (aboutFirst() && random.nextInt(4) > 0) {
            conditionAboutFirst();
            return;
        }
        char type = type();
        expression(type, depth + 1);
        expression(type, depth + 1);
        body.op(any(COMPARES[TYPES.indexOf(type)]));
        if (random.nextInt(3) == 0) {
            body.op(OpCode.I32_EQZ);
        }
    }

    /** The outcome may be kept, or be a number on its way to the jump. */
    private void conditionAboutFirst() {
        if (random.nextInt(4) == 0) {
            body.get(0).op(OpCode.CALL, comparisons[random.nextInt(comparisons.length)]);
        } else {
            body.get(0).i32(random.nextBoolean() ? 0 : 1664);
            List<OpCode> all = Comparisons.of('I');
            body.op(all.get(random.nextInt(all.size())));
        }
        switch (random.nextInt(6)) {
            case 0 -> body.op(OpCode.LOCAL_TEE, local('I'));
            case 1 -> body.block(OpCode.IF, "I").i32(1).op(OpCode.ELSE).i32(0).end();
            case 2 -> body.op(OpCode.I32_EQZ);
            default -> {}
        }
    }

    private void expression(char type, int depth) {
        budget--;
        int index = TYPES.indexOf(type);
        switch (depth >= MAX_DEPTH || budget < 0 ? random.nextInt(2) : random.nextInt(9)) {
            case 0 -> body.constant(type, constant(type));
            case 1 -> body.get(local(type));
            case 2 -> {
                expression(type, depth + 1);
                body.op(OpCode.LOCAL_TEE, local(type));
            }
            case 3 -> {
                address(depth);
                body.op(LOADS[index], 0, random.nextInt(70_000));
            }
            case 4 -> {
                expression(type, depth + 1);
                expression(type, depth + 1);
                condition(depth + 1);
                body.op(OpCode.SELECT);
            }
            case 5 -> valueBlock(type, depth);
            case 6 -> valueIf(type, depth);
            case 7 -> conversion(type, depth);
            default -> {
                expression(type, depth + 1);
                expression(type, depth + 1);
                body.op(any(BINARY[index]));
            }
        }
    }

    private long constant(char type) {
        return switch (type) {
            case 'I', 'J' -> random.nextInt(5) == 0 ? random.nextInt() : random.nextInt(9) - 4;
            case 'F' -> Float.floatToRawIntBits(random.nextInt(100) / 8f);
            default -> Double.doubleToRawLongBits(random.nextInt(100) / 8.0);
        };
    }

    private void conversion(char type, int depth) {
        switch (type) {
            case 'I' -> condition(depth + 1);
            case 'J' -> {
                expression('I', depth + 1);
                body.op(random.nextBoolean() ? OpCode.I64_EXTEND_I32_U : OpCode.I64_EXTEND_I32_S);
            }
            case 'F' -> {
                expression('I', depth + 1);
                body.op(OpCode.F32_CONVERT_I32_U);
            }
            default -> {
                expression('J', depth + 1);
                body.op(OpCode.F64_CONVERT_I64_S);
            }
        }
    }

    /** A block with a value, left early by a branch that carries one. */
    private void valueBlock(char type, int depth) {
        body.block(OpCode.BLOCK, String.valueOf(type));
        labels.add(String.valueOf(type));
        statements(depth + 1);
        if (random.nextBoolean()) {
            expression(type(), depth + 1);
            expression(type, depth + 1);
            condition(depth);
            body.op(OpCode.BR_IF, 0).op(OpCode.DROP).op(OpCode.DROP);
        }
        expression(type, depth + 1);
        close();
    }

    private void valueIf(char type, int depth) {
        condition(depth);
        body.block(OpCode.IF, String.valueOf(type));
        labels.add(String.valueOf(type));
        expression(type, depth + 1);
        body.op(OpCode.ELSE);
        expression(type, depth + 1);
        close();
    }
}
