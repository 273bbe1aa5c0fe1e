package io.github.jdbcpglite.build.outline;

import static io.github.jdbcpglite.build.wasm.Opcodes.BLOCK;
import static io.github.jdbcpglite.build.wasm.Opcodes.CALL;
import static io.github.jdbcpglite.build.wasm.Opcodes.DROP;
import static io.github.jdbcpglite.build.wasm.Opcodes.ELSE;
import static io.github.jdbcpglite.build.wasm.Opcodes.GLOBAL_GET;
import static io.github.jdbcpglite.build.wasm.Opcodes.GLOBAL_SET;
import static io.github.jdbcpglite.build.wasm.Opcodes.I32_EQZ;
import static io.github.jdbcpglite.build.wasm.Opcodes.I32_SUB;
import static io.github.jdbcpglite.build.wasm.Opcodes.IF;
import static io.github.jdbcpglite.build.wasm.Opcodes.LOOP;
import static io.github.jdbcpglite.build.wasm.Opcodes.RETURN;
import static io.github.jdbcpglite.build.wasm.Opcodes.UNREACHABLE;

import io.github.jdbcpglite.build.wasm.Export;
import io.github.jdbcpglite.build.wasm.ExternalKind;
import io.github.jdbcpglite.build.wasm.FuncType;
import io.github.jdbcpglite.build.wasm.Global;
import io.github.jdbcpglite.build.wasm.Import;
import io.github.jdbcpglite.build.wasm.ValType;
import io.github.jdbcpglite.build.wasm.WasmModule;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Writes random, valid, terminating modules. A global counts down at every loop iteration and call;
 * at zero the program traps. The last function is exported as {@code f}.
 */
final class RandomProgram {
    private static final int FUEL = 150;
    private static final int FUEL_GLOBAL = 0;
    private static final int STATEMENT_DEPTH_MAX = 5;
    private static final int I32_STORE = 0x36;
    private static final int I64_STORE = 0x37;
    private static final List<ValType> TYPES =
            List.of(ValType.I32, ValType.I64, ValType.F32, ValType.F64);

    /**
     * Few, so that all types of blocks have an index below 64: Chicory's parser takes the larger
     * ones for value types.
     */
    private static final List<List<ValType>> BLOCK_VALUES =
            List.of(
                    List.of(),
                    List.of(ValType.I32),
                    List.of(ValType.F64),
                    List.of(ValType.I32, ValType.I64));

    private final Random random;
    private final WasmModule module = new WasmModule();
    private final List<FuncType> functions = new ArrayList<>();
    private Code code = new Code(module);
    private RandomExpression expressions;

    /** Types of the values that a branch to each label carries, outermost first. */
    private final List<List<ValType>> labels = new ArrayList<>();

    private List<ValType> locals = List.of();
    private int budget;
    private boolean isEntry;

    private RandomProgram(long seed) {
        random = new Random(seed);
        expressions = new RandomExpression(random, code, locals, this::blockExpression);
    }

    /** Makes the module of a seed. */
    static WasmModule of(long seed) {
        RandomProgram program = new RandomProgram(seed);
        program.build();
        return program.module;
    }

    private void build() {
        FuncType host = new FuncType(List.of(ValType.I32), List.of(ValType.I32));
        byte[] descriptor = {(byte) module.typeIndex(host)};
        module.addImport(
                new Import("env", "host", ExternalKind.FUNCTION, descriptor[0], descriptor));
        functions.add(host);
        module.addRawSection(5, new byte[] {1, 0, 1});
        for (int i = 0; i <= TYPES.size(); i++) {
            int global = module.addGlobal(Global.mutableZero(TYPES.get(Math.max(0, i - 1))));
            module.addExport(new Export("g" + i, ExternalKind.GLOBAL, global));
        }
        for (List<ValType> values : BLOCK_VALUES) {
            module.typeIndex(new FuncType(List.of(), values));
        }
        int count = 1 + random.nextInt(3);
        for (int i = 0; i < count; i++) {
            boolean entry = i == count - 1;
            List<ValType> params =
                    entry ? List.of(ValType.I32, ValType.I64, ValType.I32) : types(4);
            function(new FuncType(params, types(2)), entry);
        }
        module.addExport(new Export("f", ExternalKind.FUNCTION, module.functionCount() - 1));
    }

    private List<ValType> types(int countMax) {
        List<ValType> types = new ArrayList<>();
        for (int count = random.nextInt(countMax + 1); count > 0; count--) {
            types.add(TYPES.get(random.nextInt(TYPES.size())));
        }
        return types;
    }

    private List<ValType> blockValues() {
        return BLOCK_VALUES.get(random.nextInt(BLOCK_VALUES.size()));
    }

    private void function(FuncType type, boolean entry) {
        isEntry = entry;
        code = new Code(module);
        List<ValType> more = types(8);
        locals = new ArrayList<>(type.params());
        locals.addAll(more);
        expressions = new RandomExpression(random, code, locals, this::blockExpression);
        functions.add(type);
        module.typeIndex(new FuncType(List.of(), type.results()));
        labels.clear();
        labels.add(type.results());
        budget = 60 + random.nextInt(200);
        if (isEntry) {
            code.i32(FUEL).op(GLOBAL_SET, FUEL_GLOBAL);
        } else {
            burnFuel();
        }
        content(type.results(), 0);
        module.addFunction(type, code.body(more.toArray(ValType[]::new)));
    }

    private void burnFuel() {
        code.op(GLOBAL_GET, FUEL_GLOBAL).op(I32_EQZ).open(IF).op(UNREACHABLE).end();
        code.op(GLOBAL_GET, FUEL_GLOBAL).i32(1).op(I32_SUB).op(GLOBAL_SET, FUEL_GLOBAL);
    }

    /** Statements, then the results; or statements that end in a branch. */
    private void content(List<ValType> results, int depth) {
        for (int count = 1 + random.nextInt(6); count > 0 && budget > 0; count--) {
            statement(depth);
        }
        if (random.nextInt(6) == 0 && depth > 0) {
            leave();
        } else {
            values(results);
        }
    }

    private void values(List<ValType> types) {
        for (ValType type : types) {
            expressions.write(type, 0);
        }
    }

    private void statement(int depth) {
        budget--;
        int kind = random.nextInt(depth < STATEMENT_DEPTH_MAX ? 16 : 8);
        switch (kind) {
            case 0, 1, 2, 3 -> assign();
            case 4 -> store();
            case 5 -> call();
            case 6 -> conditionalBranch();
            case 7 -> setGlobal();
            case 8, 9 -> block(BLOCK, depth);
            case 10 -> block(LOOP, depth);
            case 11, 12 -> choice(depth);
            case 13 -> nest(depth);
            case 14 -> guardedLeave(depth);
            default -> block(BLOCK, depth);
        }
    }

    private void assign() {
        if (!locals.isEmpty()) {
            int local = random.nextInt(locals.size());
            expressions.write(locals.get(local), 0);
            code.set(local);
        }
    }

    private void store() {
        expressions.address();
        boolean isLong = random.nextBoolean();
        expressions.write(isLong ? ValType.I64 : ValType.I32, 0);
        code.memory(isLong ? I64_STORE : I32_STORE, random.nextInt(64));
    }

    private void setGlobal() {
        int number = random.nextInt(TYPES.size());
        expressions.write(TYPES.get(number), 0);
        code.op(GLOBAL_SET, number + 1);
    }

    /** Calls any function so far, itself included unless it is the entry, which sets the fuel. */
    private void call() {
        burnFuel();
        int function = random.nextInt(functions.size() - (isEntry ? 1 : 0));
        FuncType type = functions.get(function);
        values(type.params());
        code.op(CALL, function);
        takeValues(type.results());
    }

    /** Puts values from the stack into locals of their types, or drops them. */
    private void takeValues(List<ValType> types) {
        for (int i = types.size() - 1; i >= 0; i--) {
            int local = random.nextInt(locals.size() + 1);
            if (local < locals.size() && locals.get(local) == types.get(i)) {
                code.set(local);
            } else {
                code.op(DROP);
            }
        }
    }

    private void conditionalBranch() {
        int depth = random.nextInt(labels.size());
        List<ValType> carried = labels.get(labels.size() - 1 - depth);
        values(carried);
        expressions.condition();
        code.brIf(depth);
        takeValues(carried);
    }

    /** Ends the current block with a branch of some kind. */
    private void leave() {
        switch (random.nextInt(8)) {
            case 0 -> {
                values(labels.get(0));
                code.op(RETURN);
            }
            case 1 -> code.op(UNREACHABLE);
            case 2, 3, 4 -> {
                int depth = random.nextInt(labels.size());
                values(labels.get(labels.size() - 1 - depth));
                code.br(depth);
            }
            default -> table();
        }
    }

    private void table() {
        List<ValType> carried = labels.get(random.nextInt(labels.size()));
        List<Integer> depths = new ArrayList<>();
        for (int depth = 0; depth < labels.size(); depth++) {
            if (labels.get(labels.size() - 1 - depth).equals(carried)) {
                depths.add(depth);
            }
        }
        List<Integer> table = new ArrayList<>();
        for (int i = 1 + random.nextInt(6); i > 0; i--) {
            table.add(depths.get(random.nextInt(depths.size())));
        }
        values(carried);
        expressions.condition();
        code.brTable(table.toArray(Integer[]::new));
    }

    private void guardedLeave(int depth) {
        expressions.condition();
        code.open(IF);
        labels.add(List.of());
        if (depth < STATEMENT_DEPTH_MAX) {
            statement(depth + 1);
        }
        leave();
        labels.remove(labels.size() - 1);
        code.end();
    }

    private void block(int op, int depth) {
        List<ValType> params = blockValues();
        List<ValType> results = blockValues();
        values(params);
        code.open(op, params, results);
        labels.add(op == LOOP ? params : results);
        if (op == LOOP) {
            burnFuel();
        }
        takeValues(params);
        content(results, depth + 1);
        labels.remove(labels.size() - 1);
        code.end();
        takeValues(results);
    }

    private void choice(int depth) {
        List<ValType> results = types(1);
        expressions.condition();
        code.open(IF, List.of(), results);
        labels.add(results);
        content(results, depth + 1);
        if (!results.isEmpty() || random.nextBoolean()) {
            code.op(ELSE);
            content(results, depth + 1);
        }
        labels.remove(labels.size() - 1);
        code.end();
        takeValues(results);
    }

    /** A {@code switch} as compilers write it. */
    private void nest(int depth) {
        int levels = 3 + random.nextInt(10);
        for (int i = 0; i <= levels; i++) {
            code.open(BLOCK);
            labels.add(List.of());
        }
        if (random.nextBoolean()) {
            statement(STATEMENT_DEPTH_MAX);
        }
        List<Integer> table = new ArrayList<>();
        for (int i = 2 + random.nextInt(2 * levels); i > 0; i--) {
            table.add(random.nextInt(levels + 1));
        }
        expressions.condition();
        code.brTable(table.toArray(Integer[]::new));
        for (int i = 0; i <= levels; i++) {
            labels.remove(labels.size() - 1);
            code.end();
            if (i < levels) {
                statement(depth + 2);
                if (random.nextInt(3) == 0) {
                    code.br(random.nextInt(levels - i));
                }
            }
        }
    }

    /** An expression that is a block with a result; called while operands are on the stack. */
    private void blockExpression(ValType type) {
        List<ValType> results = List.of(type);
        if (budget <= 0) {
            expressions.leaf(type);
        } else if (random.nextBoolean()) {
            code.open(BLOCK, List.of(), results);
            labels.add(results);
            content(results, STATEMENT_DEPTH_MAX - 1);
            labels.remove(labels.size() - 1);
            code.end();
        } else {
            expressions.condition();
            code.open(IF, List.of(), results);
            labels.add(results);
            content(results, STATEMENT_DEPTH_MAX - 1);
            code.op(ELSE);
            content(results, STATEMENT_DEPTH_MAX - 1);
            labels.remove(labels.size() - 1);
            code.end();
        }
    }
}
