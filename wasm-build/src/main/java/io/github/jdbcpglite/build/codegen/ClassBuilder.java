package io.github.jdbcpglite.build.codegen;

import java.util.ArrayList;
import java.util.List;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/** A generated class under construction. */
final class ClassBuilder {
    private static final int ACCESS = Opcodes.ACC_PUBLIC | Opcodes.ACC_FINAL | Opcodes.ACC_SUPER;

    private final ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_MAXS);
    private final String name;
    private final List<Report.MethodSize> methods = new ArrayList<>();

    ClassBuilder(String name, String superName) {
        this.name = name;
        writer.visit(Opcodes.V17, ACCESS, name, null, superName, null);
        // A low index in the constant pool makes the commonest constant's instruction short.
        writer.newConst(Integer.MIN_VALUE);
    }

    ClassBuilder(String name) {
        this(name, "java/lang/Object");
    }

    String name() {
        return name;
    }

    ClassWriter writer() {
        return writer;
    }

    MethodVisitor staticMethod(String method, String descriptor) {
        return writer.visitMethod(
                Opcodes.ACC_PUBLIC | Opcodes.ACC_STATIC, method, descriptor, null, null);
    }

    void record(String method, int codeBytes) {
        methods.add(new Report.MethodSize(name, method, codeBytes));
    }

    List<Report.MethodSize> methods() {
        return methods;
    }

    byte[] toBytes() {
        writer.visitEnd();
        return writer.toByteArray();
    }
}
