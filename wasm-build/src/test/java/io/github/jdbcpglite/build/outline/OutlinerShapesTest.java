package io.github.jdbcpglite.build.outline;

import static io.github.jdbcpglite.build.wasm.Opcodes.BLOCK;
import static io.github.jdbcpglite.build.wasm.Opcodes.CALL;
import static io.github.jdbcpglite.build.wasm.Opcodes.DROP;
import static io.github.jdbcpglite.build.wasm.Opcodes.ELSE;
import static io.github.jdbcpglite.build.wasm.Opcodes.I32_ADD;
import static io.github.jdbcpglite.build.wasm.Opcodes.I32_AND;
import static io.github.jdbcpglite.build.wasm.Opcodes.I32_EQZ;
import static io.github.jdbcpglite.build.wasm.Opcodes.I32_LT_U;
import static io.github.jdbcpglite.build.wasm.Opcodes.I32_SUB;
import static io.github.jdbcpglite.build.wasm.Opcodes.IF;
import static io.github.jdbcpglite.build.wasm.Opcodes.LOOP;
import static io.github.jdbcpglite.build.wasm.Opcodes.RETURN;
import static io.github.jdbcpglite.build.wasm.Opcodes.UNREACHABLE;
import static io.github.jdbcpglite.build.wasm.ValType.F64;
import static io.github.jdbcpglite.build.wasm.ValType.I32;
import static io.github.jdbcpglite.build.wasm.ValType.I64;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.jdbcpglite.build.wasm.Export;
import io.github.jdbcpglite.build.wasm.ExternalKind;
import io.github.jdbcpglite.build.wasm.FuncType;
import io.github.jdbcpglite.build.wasm.ValType;
import io.github.jdbcpglite.build.wasm.WasmModule;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/**
 * Every way control and values can enter and leave a run. Each function has padding around the
 * shape in question, so that the small threshold makes it split; before and after must do the same.
 */
final class OutlinerShapesTest {
    /** The most runs of a function that are tried one by one; of more, an even choice is. */
    private static final int RUNS_MAX = 40;

    private static final OutlineOptions SMALL = new OutlineOptions(100, 4);
    private static final int I32_DIV_S = 0x6D;
    private static final int I32_MUL = 0x6C;
    private static final int I64_ADD = 0x7C;
    private static final int I64_EXTEND_I32_U = 0xAD;
    private static final int I32_WRAP_I64 = 0xA7;
    private static final int I32_STORE = 0x36;

    /** Locals of the functions here: 0 and 1 are parameters, 2 to 4 more numbers, 5 an i64. */
    private static final ValType[] LOCALS = {I32, I32, I32, I64, F64};

    @Test
    void straightLine() {
        check(code -> pad(code, 10).get(2).get(3).op(I32_ADD));
    }

    @Test
    void branchesOutOfNestedBlocks() {
        check(
                code -> {
                    code.open(BLOCK).open(BLOCK).open(BLOCK);
                    pad(code, 3).get(0).brIf(0);
                    pad(code, 3).get(1).brIf(1);
                    pad(code, 3).get(2).i32(1).op(I32_AND).brIf(2);
                    pad(code, 3).br(1).end();
                    pad(code, 4).end();
                    pad(code, 5).end();
                    pad(code, 2).get(3);
                });
    }

    @Test
    void loopContinuesAndLeaves() {
        check(
                code -> {
                    code.open(BLOCK).open(LOOP);
                    pad(code, 3).get(4).i32(1).op(I32_ADD).set(4);
                    code.get(4).i32(20).op(I32_LT_U).op(I32_EQZ).brIf(1);
                    pad(code, 3).get(3).i32(3).op(I32_AND).brIf(0);
                    pad(code, 3).br(0).end().end();
                    pad(code, 2).get(3).get(4).op(I32_ADD);
                });
    }

    @Test
    void tableOutOfARun() {
        check(
                code -> {
                    code.open(BLOCK).open(BLOCK).open(BLOCK).open(LOOP);
                    pad(code, 5).get(4).i32(1).op(I32_ADD).set(4);
                    code.get(4).i32(30).op(I32_LT_U).op(I32_EQZ).brIf(3);
                    code.get(2).i32(7).op(I32_AND).brTable(0, 1, 2, 3, 0, 1, 0).end();
                    code.end();
                    pad(code, 4).end();
                    pad(code, 3).get(3).op(RETURN).end();
                    pad(code, 4).get(2);
                });
    }

    @Test
    void valuesCarriedByBranches() {
        check(
                code -> {
                    code.open(BLOCK, List.of(), List.of(I32));
                    code.open(BLOCK, List.of(), List.of(I64));
                    pad(code, 4);
                    code.get(2).get(0).brIf(1).op(DROP);
                    pad(code, 4).i64(77).get(1).brIf(0).op(DROP);
                    pad(code, 3).get(3).op(I64_EXTEND_I32_U).br(0).end();
                    code.i64(1).op(I64_ADD).op(I32_WRAP_I64).set(3);
                    pad(code, 3).get(3).get(3).i32(1).op(I32_AND).brTable(0, 1).end();
                });
    }

    @Test
    void severalValuesThroughBlocksAndLoops() {
        check(
                code -> {
                    code.get(0).get(1).op(I64_EXTEND_I32_U);
                    code.open(BLOCK, List.of(I32, I64), List.of(I64, I32));
                    code.set(5).set(4);
                    pad(code, 4).get(5).get(4).get(2).brIf(0).set(4).set(5);
                    code.get(4).open(LOOP, List.of(I32), List.of(I32));
                    code.set(4);
                    pad(code, 4);
                    code.get(4).i32(1).op(I32_ADD).get(4).i32(3).op(I32_AND).brIf(0);
                    code.end().set(4).i64(5).get(4).end();
                    code.set(4).op(I32_WRAP_I64).get(4).op(I32_ADD);
                });
    }

    @Test
    void returnsOfEveryKind() {
        check(
                code -> {
                    code.open(BLOCK);
                    pad(code, 4).get(0).op(I32_EQZ).open(IF);
                    pad(code, 5).get(3).op(RETURN).op(ELSE);
                    pad(code, 5).get(1).op(I32_EQZ).brIf(1);
                    code.i32(12).get(2).i32(1).op(I32_AND).brIf(2).set(2).end();
                    pad(code, 4).i32(9).op(RETURN).end();
                    pad(code, 3).get(2);
                });
    }

    @Test
    void trapsInsideARun() {
        check(
                code -> {
                    code.get(0).op(I32_EQZ).open(IF);
                    pad(code, 4).i32(8).get(2).memory(I32_STORE, 0);
                    pad(code, 4).op(UNREACHABLE).end();
                    pad(code, 4).i32(100).get(1).op(I32_DIV_S).set(3);
                    pad(code, 4).get(0).get(3).memory(I32_STORE, 0x7FFFFFFF);
                    pad(code, 4).get(3);
                });
    }

    @Test
    void callsAndRecursionBetweenScratchValues() {
        WasmModule module = new WasmModule();
        module.addRawSection(5, new byte[] {1, 0, 1});
        FuncType type = new FuncType(List.of(I32, I32), List.of(I32));
        Code code = new Code(module);
        // f(n, x): changes several locals, calls itself in between, and uses them all afterwards.
        code.get(0).op(I32_EQZ).open(IF).get(1).op(RETURN).end();
        pad(code, 6);
        code.get(0).i32(1).op(I32_SUB).get(2).op(CALL, 0).set(4);
        pad(code, 6);
        code.get(0).i32(1).op(I32_SUB).get(4).op(CALL, 0).get(2).op(I32_ADD).set(2);
        pad(code, 6).get(2).get(3).op(I32_ADD).get(4).op(I32_ADD);
        module.addFunction(type, code.body(LOCALS));
        module.addExport(new Export("f", ExternalKind.FUNCTION, 0));

        compare(module, List.of(new long[] {6, 3}, new long[] {5, -7}));
    }

    @Test
    void unreachableCodeIsDropped() {
        check(
                code -> {
                    code.open(BLOCK, List.of(), List.of(I32));
                    pad(code, 4).i32(4).br(0);
                    code.op(I32_ADD).open(BLOCK).i32(5).br(1).end().op(DROP).end();
                    code.set(2);
                    pad(code, 4).get(2).op(RETURN).op(I32_ADD);
                });
    }

    @Test
    void nestIsCutIntoGroups() {
        check(
                code -> {
                    code.open(LOOP).get(4).i32(1).op(I32_ADD).set(4);
                    int levels = 24;
                    for (int i = 0; i <= levels; i++) {
                        code.open(BLOCK);
                    }
                    List<Integer> table = new ArrayList<>();
                    for (int i = 0; i < 3 * levels; i++) {
                        table.add(i * 7 % (levels + 1));
                    }
                    pad(code, 1).get(2).i32(63).op(I32_AND).brTable(table.toArray(Integer[]::new));
                    for (int i = 0; i < levels; i++) {
                        code.end();
                        pad(code, 1 + i % 3);
                        code.get(3).i32(3).op(I32_AND).brIf(Math.min(5, levels - 1 - i));
                        if (i % 4 != 0) {
                            code.get(2).i32(1).op(I32_AND);
                            code.brTable(i % (levels - i), levels - 1 - i, levels - i);
                        }
                    }
                    code.end();
                    pad(code, 2).get(4).i32(40).op(I32_LT_U).brIf(0).end();
                    code.get(3);
                });
    }

    @Test
    void everythingIsSmallAfterwards() {
        byte[] wasm = module(code -> pad(code, 100).get(2)).toBytes();

        OutlineReport report = Outliner.outline(wasm, SMALL).report();

        assertThat(report.functionsSplit()).isOne();
        assertThat(report.functionsAdded()).isGreaterThan(10);
        assertThat(report.largestJvmBytes()).isLessThanOrEqualTo(100);
        assertThat(report.remaining()).isEmpty();
    }

    @Test
    void functionsBelowTheThresholdStayAsTheyAre() {
        byte[] wasm = module(code -> pad(code, 10).get(2)).toBytes();

        Outliner.Result result = Outliner.outline(wasm, OutlineOptions.DEFAULT);

        assertThat(result.wasm()).isEqualTo(wasm);
        assertThat(result.report().functionsSplit()).isZero();
    }

    /** Statements that mix the locals 2 and 3. */
    private static Code pad(Code code, int statements) {
        for (int i = 0; i < statements; i++) {
            code.get(2).i32(i * 2 + 3).op(I32_MUL).get(i % 2).op(I32_ADD).set(2);
            code.get(3).get(2).op(I32_ADD).set(3);
        }
        return code;
    }

    private static WasmModule module(Consumer<Code> content) {
        WasmModule module = new WasmModule();
        module.addRawSection(5, new byte[] {1, 0, 1});
        Code code = new Code(module);
        content.accept(code);
        FuncType type = new FuncType(List.of(I32, I32), List.of(I32));
        module.addFunction(type, code.body(LOCALS));
        module.addExport(new Export("f", ExternalKind.FUNCTION, 0));
        return module;
    }

    private static void check(Consumer<Code> content) {
        List<long[]> arguments = new ArrayList<>();
        for (int a = -1; a < 4; a++) {
            for (int b = 0; b < 4; b++) {
                arguments.add(new long[] {a, b * 5L});
            }
        }
        compare(module(content), arguments);
    }

    /** Moves every single run on its own, then lets the outliner choose. */
    private static void compare(WasmModule module, List<long[]> arguments) {
        byte[] before = module.toBytes();
        Outcome expected = Outcome.of(before, arguments);
        int runs = AnyRun.count(before, 0);
        assertThat(runs).isGreaterThan(5);
        int step = Math.max(1, runs / RUNS_MAX);
        for (int i = 0; i < runs; i += step) {
            assertThat(Outcome.of(AnyRun.move(before, 0, i), arguments))
                    .as("run %d of %d", i, runs)
                    .isEqualTo(expected);
        }
        Outliner.Result result = Outliner.outline(before, SMALL);
        assertThat(Outcome.of(result.wasm(), arguments)).isEqualTo(expected);
        assertThat(Outliner.outline(before, SMALL).wasm()).isEqualTo(result.wasm());
    }
}
