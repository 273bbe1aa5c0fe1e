package io.github.jdbcpglite.build.codegen;

import static io.github.jdbcpglite.build.codegen.ModuleModel.ENGINE;
import static io.github.jdbcpglite.build.codegen.ModuleModel.EXECUTION_CONTEXT;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/** The two classes with objects: the machine and the context. */
final class MachineEmitter implements Opcodes {
    private static final String MACHINE = ENGINE + "GeneratedMachine";
    private static final String LAYOUT = ENGINE + "ModuleLayout";
    private static final String LAYOUT_DESCRIPTOR = "L" + LAYOUT + ";";
    private static final String STRING = "Ljava/lang/String;";
    private static final String CONTEXT = "L" + EXECUTION_CONTEXT + ";";

    /** What the constructor of a context takes. */
    private static final String CONTEXT_ARGUMENTS = "(L" + MACHINE + ";" + LAYOUT_DESCRIPTOR + ")V";

    /** A character takes up to three bytes in a class file, where a string has at most 65535. */
    private static final int STRING_PART = 20_000;

    private final ModuleModel model;

    MachineEmitter(ModuleModel model) {
        this.model = model;
    }

    ClassBuilder machine(Map<Integer, List<Integer>> direct) {
        ClassBuilder target = new ClassBuilder(model.machineClass(), MACHINE);
        ClassWriter writer = target.writer();
        writer.visitField(
                        ACC_PRIVATE | ACC_STATIC | ACC_FINAL,
                        "LAYOUT",
                        LAYOUT_DESCRIPTOR,
                        null,
                        null)
                .visitEnd();
        emitLayout(writer, direct);
        MethodVisitor constructor = writer.visitMethod(ACC_PUBLIC, "<init>", "()V", null, null);
        constructor.visitVarInsn(ALOAD, 0);
        constructor.visitMethodInsn(INVOKESPECIAL, MACHINE, "<init>", "()V", false);
        finish(constructor, RETURN);
        emitNewContext(writer);
        emitInvoke(writer);
        return target;
    }

    private static void finish(MethodVisitor method, int opcode) {
        method.visitInsn(opcode);
        method.visitMaxs(0, 0);
        method.visitEnd();
    }

    private void emitLayout(ClassWriter writer, Map<Integer, List<Integer>> direct) {
        MethodVisitor method = writer.visitMethod(ACC_STATIC, "<clinit>", "()V", null, null);
        List<GlobalModel.Entry> fields = model.globals().fields();
        method.visitLdcInsn(
                numbers(fields.stream().filter(e -> e.mutable()).map(GlobalModel.Entry::index)));
        method.visitLdcInsn(
                numbers(fields.stream().filter(e -> !e.mutable()).map(GlobalModel.Entry::index)));
        method.visitLdcInsn(model.globals().importedStackPointer());
        method.visitLdcInsn(model.functionCount());
        String codes = directFunctions(direct);
        method.visitLdcInsn(codes.substring(0, Math.min(STRING_PART, codes.length())));
        for (int i = STRING_PART; i < codes.length(); i += STRING_PART) {
            method.visitLdcInsn(codes.substring(i, Math.min(i + STRING_PART, codes.length())));
            method.visitMethodInsn(
                    INVOKEVIRTUAL,
                    "java/lang/String",
                    "concat",
                    "(" + STRING + ")" + STRING,
                    false);
        }
        method.visitMethodInsn(
                INVOKESTATIC,
                LAYOUT,
                "of",
                "(" + STRING + STRING + "II" + STRING + ")" + LAYOUT_DESCRIPTOR,
                false);
        method.visitFieldInsn(PUTSTATIC, model.machineClass(), "LAYOUT", LAYOUT_DESCRIPTOR);
        finish(method, RETURN);
    }

    private static String numbers(Stream<Integer> values) {
        return values.map(String::valueOf).collect(Collectors.joining(","));
    }

    /** The format is that of {@code ModuleLayout.of}. */
    private static String directFunctions(Map<Integer, List<Integer>> direct) {
        StringBuilder text = new StringBuilder();
        direct.forEach(
                (type, functions) -> {
                    text.append(character(type)).append(character(functions.size()));
                    functions.forEach(function -> text.append(character(function)));
                });
        return text.toString();
    }

    private static char character(int number) {
        if (number > Character.MAX_VALUE - 1) {
            throw new CodeGenerationException("the module has too many functions or types");
        }
        return (char) number;
    }

    private void emitNewContext(ClassWriter writer) {
        MethodVisitor method =
                writer.visitMethod(ACC_PROTECTED, "newContext", "()" + CONTEXT, null, null);
        method.visitTypeInsn(NEW, model.contextClass());
        method.visitInsn(DUP);
        method.visitVarInsn(ALOAD, 0);
        method.visitFieldInsn(GETSTATIC, model.machineClass(), "LAYOUT", LAYOUT_DESCRIPTOR);
        method.visitMethodInsn(
                INVOKESPECIAL, model.contextClass(), "<init>", CONTEXT_ARGUMENTS, false);
        finish(method, ARETURN);
    }

    private void emitInvoke(ClassWriter writer) {
        MethodVisitor method =
                writer.visitMethod(ACC_PROTECTED, "invoke", "(I[J" + CONTEXT + ")[J", null, null);
        method.visitVarInsn(ILOAD, 1);
        method.visitVarInsn(ALOAD, 2);
        method.visitVarInsn(ALOAD, 3);
        method.visitTypeInsn(CHECKCAST, model.contextClass());
        method.visitMethodInsn(
                INVOKESTATIC,
                model.className("Dispatch"),
                "call",
                "(I[J" + model.contextDescriptor() + ")[J",
                false);
        finish(method, ARETURN);
    }

    ClassBuilder context() {
        ClassBuilder target = new ClassBuilder(model.contextClass(), EXECUTION_CONTEXT);
        ClassWriter writer = target.writer();
        for (GlobalModel.Entry global : model.globals().fields()) {
            if (global.place() == GlobalModel.Place.FIELD) {
                writer.visitField(
                                ACC_PUBLIC,
                                global.fieldName(),
                                String.valueOf(global.type()),
                                null,
                                null)
                        .visitEnd();
            }
        }
        MethodVisitor constructor =
                writer.visitMethod(ACC_PUBLIC, "<init>", CONTEXT_ARGUMENTS, null, null);
        constructor.visitVarInsn(ALOAD, 0);
        constructor.visitVarInsn(ALOAD, 1);
        constructor.visitVarInsn(ALOAD, 2);
        constructor.visitMethodInsn(
                INVOKESPECIAL, EXECUTION_CONTEXT, "<init>", CONTEXT_ARGUMENTS, false);
        finish(constructor, RETURN);
        emitAccessor(writer, "(I)J", false);
        emitAccessor(writer, "(IJ)V", true);
        return target;
    }

    /** Writes the method {@code global} that reads or sets the global of an index. */
    private void emitAccessor(ClassWriter writer, String descriptor, boolean setter) {
        MethodVisitor method = writer.visitMethod(ACC_PUBLIC, "global", descriptor, null, null);
        List<GlobalModel.Entry> fields = model.globals().fields();
        Label otherwise = new Label();
        int[] keys = fields.stream().mapToInt(GlobalModel.Entry::index).toArray();
        Label[] cases = new Label[keys.length];
        for (int i = 0; i < keys.length; i++) {
            cases[i] = new Label();
        }
        Object[] locals =
                setter
                        ? new Object[] {model.contextClass(), INTEGER, LONG}
                        : new Object[] {model.contextClass(), INTEGER};
        method.visitVarInsn(ILOAD, 1);
        method.visitLookupSwitchInsn(otherwise, keys, cases);
        for (int i = 0; i < keys.length; i++) {
            method.visitLabel(cases[i]);
            method.visitFrame(F_NEW, locals.length, locals, 0, new Object[0]);
            emitAccess(method, fields.get(i), setter);
        }
        method.visitLabel(otherwise);
        method.visitFrame(F_NEW, locals.length, locals, 0, new Object[0]);
        method.visitTypeInsn(NEW, "java/lang/IllegalArgumentException");
        method.visitInsn(DUP);
        method.visitMethodInsn(
                INVOKESPECIAL, "java/lang/IllegalArgumentException", "<init>", "()V", false);
        finish(method, ATHROW);
    }

    private void emitAccess(MethodVisitor method, GlobalModel.Entry global, boolean setter) {
        String type = String.valueOf(global.type());
        Code code = new Code(method, "", model.contextClass());
        method.visitVarInsn(ALOAD, 0);
        if (setter) {
            method.visitVarInsn(LLOAD, 2);
            RawValuesEmitter.fromRaw(code, global.type());
            method.visitFieldInsn(PUTFIELD, model.contextClass(), global.fieldName(), type);
            method.visitInsn(RETURN);
        } else {
            method.visitFieldInsn(GETFIELD, model.contextClass(), global.fieldName(), type);
            RawValuesEmitter.toRaw(code, global.type());
            method.visitInsn(LRETURN);
        }
    }
}
