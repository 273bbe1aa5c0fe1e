package io.github.jdbcpglite.build.codegen;

import static io.github.jdbcpglite.build.codegen.ModuleModel.ENGINE;

import com.dylibso.chicory.wasm.types.FunctionType;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/**
 * Calls by function index, for the host: a switch over chunks of the index space, each a method of
 * its own that switches over its functions.
 */
final class DispatchEmitter {
    private static final int CHUNK_SHIFT = 7;
    private static final int CHUNKS_PER_CLASS = 8;

    /** Arguments of the dispatch methods: function index, raw arguments, context. */
    private static final int ARGUMENTS_SLOT = 1;

    private final ModuleModel model;
    private final BitSet functions;

    DispatchEmitter(ModuleModel model, BitSet functions) {
        this.model = model;
        this.functions = functions;
    }

    private String descriptor() {
        return "(I[J" + model.contextDescriptor() + ")[J";
    }

    /** Makes the dispatch classes; the first one's method {@code call} is the entrance. */
    List<ClassBuilder> emit() {
        List<ClassBuilder> classes = new ArrayList<>();
        ClassBuilder entrance = new ClassBuilder(model.className("Dispatch"));
        classes.add(entrance);
        int chunks = (model.functionCount() + (1 << CHUNK_SHIFT) - 1) >>> CHUNK_SHIFT;
        String[] owners = new String[chunks];
        ClassBuilder current = null;
        for (int chunk = 0; chunk < chunks; chunk++) {
            if (chunk % CHUNKS_PER_CLASS == 0) {
                current = new ClassBuilder(model.className("Dispatch" + classes.size()));
                classes.add(current);
            }
            int first = chunk << CHUNK_SHIFT;
            int next = functions.nextSetBit(first);
            if (current != null && next >= 0 && next < first + (1 << CHUNK_SHIFT)) {
                owners[chunk] = current.name();
                emitChunk(current, chunk);
            }
        }
        emitEntrance(entrance, owners);
        return classes;
    }

    private DispatchCode start(ClassBuilder target, String name) {
        return new DispatchCode(target, name, descriptor(), model.contextClass());
    }

    private void emitEntrance(ClassBuilder target, String[] owners) {
        DispatchCode code = start(target, "call");
        Label otherwise = new Label();
        Label[] cases = new Label[owners.length];
        for (int i = 0; i < cases.length; i++) {
            cases[i] = owners[i] == null ? otherwise : new Label();
        }
        code.function();
        code.constant(CHUNK_SHIFT);
        code.method().visitInsn(Opcodes.IUSHR);
        code.method().visitTableSwitchInsn(0, cases.length - 1, otherwise, cases);
        for (int i = 0; i < cases.length; i++) {
            if (owners[i] != null) {
                code.place(cases[i]);
                code.function();
                code.arguments();
                code.context();
                code.method()
                        .visitMethodInsn(
                                Opcodes.INVOKESTATIC, owners[i], "c" + i, descriptor(), false);
                code.method().visitInsn(Opcodes.ARETURN);
            }
        }
        code.noFunction(otherwise);
        code.end();
    }

    private void emitChunk(ClassBuilder target, int chunk) {
        DispatchCode code = start(target, "c" + chunk);
        int first = chunk << CHUNK_SHIFT;
        int end = Math.min(first + (1 << CHUNK_SHIFT), model.functionCount());
        Label otherwise = new Label();
        Label[] cases = new Label[end - first];
        for (int i = 0; i < cases.length; i++) {
            cases[i] = functions.get(first + i) ? new Label() : otherwise;
        }
        code.function();
        code.method().visitTableSwitchInsn(first, end - 1, otherwise, cases);
        for (int i = 0; i < cases.length; i++) {
            if (functions.get(first + i)) {
                code.place(cases[i]);
                callFunction(code, first + i);
            }
        }
        code.noFunction(otherwise);
        code.end();
    }

    private void callFunction(DispatchCode code, int function) {
        FunctionType type = model.functionType(function);
        String parameters = JvmTypes.of(type.params());
        for (int i = 0; i < parameters.length(); i++) {
            code.arguments();
            code.constant(i);
            code.method().visitInsn(Opcodes.LALOAD);
            code.fromRaw(parameters.charAt(i));
        }
        code.context();
        code.method()
                .visitMethodInsn(
                        Opcodes.INVOKESTATIC,
                        model.functionClass(function),
                        ModuleModel.functionMethod(function),
                        model.descriptor(type),
                        false);
        code.returnResults(type);
    }

    /** A method with the dispatch methods' parameters. */
    private static final class DispatchCode {
        private final ClassBuilder target;
        private final String name;
        private final MethodVisitor method;
        private final Object[] locals;
        private final Code code;

        DispatchCode(ClassBuilder target, String name, String descriptor, String contextClass) {
            this.target = target;
            this.name = name;
            this.method = target.staticMethod(name, descriptor);
            this.locals = new Object[] {Opcodes.INTEGER, "[J", contextClass};
            this.code = new Code(method, "", contextClass);
        }

        MethodVisitor method() {
            return method;
        }

        void function() {
            method.visitVarInsn(Opcodes.ILOAD, 0);
        }

        void arguments() {
            method.visitVarInsn(Opcodes.ALOAD, ARGUMENTS_SLOT);
        }

        void context() {
            method.visitVarInsn(Opcodes.ALOAD, ARGUMENTS_SLOT + 1);
        }

        void constant(int value) {
            code.constant('I', value);
        }

        void fromRaw(char type) {
            RawValuesEmitter.fromRaw(code, type);
        }

        void returnResults(FunctionType type) {
            RawValuesEmitter.returnTyped(code, type);
        }

        void place(Label label) {
            method.visitLabel(label);
            method.visitFrame(Opcodes.F_NEW, locals.length, locals, 0, new Object[0]);
        }

        void noFunction(Label label) {
            place(label);
            function();
            method.visitMethodInsn(
                    Opcodes.INVOKESTATIC,
                    ENGINE + "Traps",
                    "noFunction",
                    "(I)" + ModuleModel.TRAP,
                    false);
            method.visitInsn(Opcodes.ATHROW);
        }

        void end() {
            target.record(name, code.end());
        }
    }
}
