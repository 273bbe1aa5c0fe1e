package io.github.jdbcpglite.build.codegen;

import static org.assertj.core.api.Assertions.assertThat;

import com.dylibso.chicory.wasm.types.OpCode;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/** The build finds what C2 may fold into a wrong answer, and nothing in what it generates. */
final class FoldableComparesTest {
    private static final int PROGRAMS = 300;

    /** Returns what is found in a static method {@code (IIJJ)I} of these instructions. */
    private static List<String> found(Consumer<MethodVisitor> instructions) {
        ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_MAXS);
        writer.visit(Opcodes.V1_6, Opcodes.ACC_PUBLIC, "Planted", null, "java/lang/Object", null);
        MethodVisitor method =
                writer.visitMethod(Opcodes.ACC_STATIC, "planted", "(IIJJ)I", null, null);
        method.visitCode();
        instructions.accept(method);
        method.visitMaxs(0, 0);
        method.visitEnd();
        writer.visitEnd();
        return FoldableCompares.find(writer.toByteArray());
    }

    /** Plants a jump after the instructions that make what it compares. */
    private static List<String> jump(int opcode, Consumer<MethodVisitor> operands) {
        return found(
                method -> {
                    Label target = new Label();
                    operands.accept(method);
                    method.visitJumpInsn(opcode, target);
                    method.visitLabel(target);
                    method.visitInsn(Opcodes.ICONST_0);
                    method.visitInsn(Opcodes.IRETURN);
                });
    }

    @Test
    void comparisonsOfIntsAreFound() {
        assertThat(
                        jump(
                                Opcodes.IF_ICMPLT,
                                method -> {
                                    method.visitVarInsn(Opcodes.ILOAD, 0);
                                    method.visitVarInsn(Opcodes.ILOAD, 1);
                                }))
                .containsExactly("Planted.planted: an ordered comparison of two ints");
        assertThat(jump(Opcodes.IFGT, method -> method.visitVarInsn(Opcodes.ILOAD, 0)))
                .containsExactly("Planted.planted: an ordered comparison of an int with zero");
        assertThat(jump(Opcodes.IFNE, method -> method.visitVarInsn(Opcodes.ILOAD, 0))).isEmpty();
    }

    @Test
    void comparisonsOfLongsThatMayBeIntsAreFound() {
        for (long constant : new long[] {0, 1, -1, 1664, Integer.MIN_VALUE}) {
            assertThat(jump(Opcodes.IFLT, method -> compareLong(method, constant)))
                    .as("with %d", constant)
                    .containsExactly("Planted.planted: a comparison that may be narrowed");
        }
        assertThat(jump(Opcodes.IFLT, method -> compareLong(method, 1L << 31))).isEmpty();
        assertThat(
                        jump(
                                Opcodes.IFGE,
                                method -> {
                                    method.visitVarInsn(Opcodes.LLOAD, 2);
                                    method.visitVarInsn(Opcodes.LLOAD, 4);
                                    method.visitInsn(Opcodes.LCMP);
                                }))
                .containsExactly("Planted.planted: a comparison that may be narrowed");
    }

    private static void compareLong(MethodVisitor method, long constant) {
        method.visitVarInsn(Opcodes.ILOAD, 0);
        method.visitInsn(Opcodes.I2L);
        if (constant == 0 || constant == 1) {
            method.visitInsn(Opcodes.LCONST_0 + (int) constant);
        } else if (constant == (short) constant) {
            method.visitIntInsn(Opcodes.SIPUSH, (int) constant);
            method.visitInsn(Opcodes.I2L);
        } else {
            method.visitLdcInsn(constant);
        }
        method.visitInsn(Opcodes.LCMP);
    }

    /** Plants a switch of two cases and a default, each of which begins with the instructions. */
    private static List<String> cases(Consumer<MethodVisitor> beginning) {
        return found(
                method -> {
                    Label[] targets = {new Label(), new Label()};
                    Label otherwise = new Label();
                    Label end = new Label();
                    method.visitVarInsn(Opcodes.ILOAD, 0);
                    method.visitTableSwitchInsn(0, 1, otherwise, targets);
                    for (Label target : List.of(targets[0], targets[1], otherwise)) {
                        method.visitLabel(target);
                        beginning.accept(method);
                        method.visitVarInsn(Opcodes.ILOAD, 1);
                        method.visitVarInsn(Opcodes.ISTORE, 0);
                        method.visitJumpInsn(Opcodes.GOTO, end);
                    }
                    method.visitLabel(end);
                    method.visitVarInsn(Opcodes.ILOAD, 0);
                    method.visitInsn(Opcodes.IRETURN);
                });
    }

    @Test
    void switchesThatOnlyChooseAreFound() {
        assertThat(cases(method -> method.visitInsn(Opcodes.NOP)))
                .containsExactly(
                        "Planted.planted: a switch with several cases that choose a value");
        assertThat(
                        cases(
                                method ->
                                        method.visitMethodInsn(
                                                Opcodes.INVOKESTATIC, "A", "a", "()V", false)))
                .isEmpty();
    }

    @Test
    void generatedProgramsHaveNone() {
        WasmBuilder wasm = RandomPrograms.module(PROGRAMS);
        WasmBuilder.Body table = WasmBuilder.body().block(OpCode.BLOCK, "");
        table.block(OpCode.BLOCK, "").get(0).op(OpCode.BR_TABLE, 3, 0, 1, 0, 1).end();
        wasm.export("table", "I:I", "", table.i32(5).op(OpCode.RETURN).end().i32(6));
        assertThat(
                        CodeGenerator.generate(
                                        wasm.parse(), CodeGeneratorOptions.of(Guests.MACHINE))
                                .classes()
                                .values()
                                .stream()
                                .flatMap(bytes -> FoldableCompares.find(bytes).stream()))
                .isEmpty();
    }
}
