package io.github.jdbcpglite.build.codegen;

import static org.assertj.core.api.Assertions.assertThat;

import com.dylibso.chicory.wasm.types.OpCode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/**
 * Loops begin with an empty operand stack, as HotSpot demands of a loop at whose head it goes over
 * from its interpreter to compiled code.
 */
final class LoopEntriesTest {
    private static final int PROGRAMS = 200;

    /** Collects how many operands are on the stack at the heads of loops. */
    private static final class LoopHeads extends MethodVisitor {
        private final List<Integer> heights;
        private final List<Label> withoutFrame = new ArrayList<>();
        private final Map<Label, Integer> heightAt = new HashMap<>();

        LoopHeads(List<Integer> heights) {
            super(Opcodes.ASM9);
            this.heights = heights;
        }

        @Override
        public void visitLabel(Label label) {
            withoutFrame.add(label);
        }

        @Override
        public void visitFrame(
                int type, int localCount, Object[] locals, int stackCount, Object[] stack) {
            withoutFrame.forEach(label -> heightAt.put(label, stackCount));
            withoutFrame.clear();
        }

        @Override
        public void visitJumpInsn(int opcode, Label target) {
            comesTo(target);
        }

        @Override
        public void visitTableSwitchInsn(int min, int max, Label otherwise, Label... targets) {
            visitLookupSwitchInsn(otherwise, new int[0], targets);
        }

        @Override
        public void visitLookupSwitchInsn(Label otherwise, int[] keys, Label[] targets) {
            comesTo(otherwise);
            for (Label target : targets) {
                comesTo(target);
            }
        }

        /** A label that was placed before the jump to it is the head of a loop. */
        private void comesTo(Label target) {
            Integer height = heightAt.get(target);
            if (height != null) {
                heights.add(height);
            }
        }
    }

    private static List<Integer> heightsAtLoops(WasmBuilder wasm) {
        List<Integer> heights = new ArrayList<>();
        CodeGenerator.generate(wasm.parse(), CodeGeneratorOptions.of(Guests.MACHINE))
                .classes()
                .values()
                .forEach(
                        bytes ->
                                new ClassReader(bytes)
                                        .accept(visitor(heights), ClassReader.EXPAND_FRAMES));
        return heights;
    }

    private static ClassVisitor visitor(List<Integer> heights) {
        return new ClassVisitor(Opcodes.ASM9) {
            @Override
            public MethodVisitor visitMethod(
                    int access, String name, String type, String signature, String[] exceptions) {
                return new LoopHeads(heights);
            }
        };
    }

    /** Operands of each type below a block, an if and a loop within, which give values. */
    private static WasmBuilder countingBelowOperands() {
        WasmBuilder.Body body = WasmBuilder.body();
        body.constant('D', Double.doubleToRawLongBits(0.5)).i64(1L << 40).get(0);
        body.block(OpCode.BLOCK, "I").i32(3).get(0).block(OpCode.IF, "I").i32(5);
        body.block(OpCode.LOOP, "I");
        body.get(1).i32(1).op(OpCode.I32_ADD).op(OpCode.LOCAL_TEE, 1);
        body.get(0).op(OpCode.I32_LT_S).op(OpCode.BR_IF, 0).get(1).end();
        body.op(OpCode.I32_MUL).op(OpCode.ELSE).i32(7).end();
        body.op(OpCode.I32_SUB).end();
        body.op(OpCode.I32_ADD).op(OpCode.I64_EXTEND_I32_S).op(OpCode.I64_ADD);
        body.op(OpCode.F64_CONVERT_I64_S).op(OpCode.F64_ADD);
        WasmBuilder wasm = new WasmBuilder();
        wasm.export("count", "I:D", "I", body);
        return wasm;
    }

    @Test
    void haveNothingOnTheStackWhateverLiesBelowThem() {
        WasmBuilder wasm = countingBelowOperands();
        assertThat(heightsAtLoops(wasm)).containsExactly(0);
        for (long count : new long[] {0, 1, 1000}) {
            assertThat(
                            Guests.outcome(
                                    Guests.generated(wasm.parse(), Guests.noImports()),
                                    "count",
                                    "D",
                                    count))
                    .isEqualTo(
                            Guests.outcome(
                                    Guests.interpreted(wasm.parse(), Guests.noImports()),
                                    "count",
                                    "D",
                                    count));
        }
    }

    @Test
    void haveNothingOnTheStackInRandomPrograms() {
        WasmBuilder wasm = RandomPrograms.module(PROGRAMS);
        assertThat(heightsAtLoops(wasm)).isNotEmpty().containsOnly(0);
    }
}
