package io.github.jdbcpglite.build.codegen;

import static io.github.jdbcpglite.build.codegen.ModuleModel.EXECUTION_CONTEXT;

import com.dylibso.chicory.wasm.types.FunctionType;
import com.dylibso.chicory.wasm.types.ValType;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/** The methods that stand for imported functions. */
final class ImportEmitter {
    private static final String CONTEXT = "L" + EXECUTION_CONTEXT + ";";
    private static final String LONGJMP_EXCEPTION = ModuleModel.ENGINE + "LongjmpException";
    private static final String INVOKE = "invoke_";
    private static final String SET_THREW = "setThrew";
    private static final FunctionType SET_THREW_TYPE =
            FunctionType.of(List.of(ValType.I32, ValType.I32), List.of());

    private final ModuleModel model;
    private final int setThrew;

    ImportEmitter(ModuleModel model) {
        this.model = model;
        int exported = model.exportedFunction(SET_THREW);
        boolean usable =
                exported >= model.importCount()
                        && model.functionType(exported).equals(SET_THREW_TYPE)
                        && model.globals().definesStackPointer();
        this.setThrew = usable ? exported : -1;
    }

    void emitImport(ClassBuilder target, int function) {
        FunctionType called = invoked(function);
        if (called == null) {
            emitRaw(target, function);
        } else {
            emitInvoke(target, function, called);
        }
    }

    private void emitRaw(ClassBuilder target, int function) {
        FunctionType type = model.functionType(function);
        String parameters = JvmTypes.of(type.params());
        String name = ModuleModel.functionMethod(function);
        MethodVisitor method = target.staticMethod(name, model.descriptor(type));
        Code code = new Code(method, parameters, model.contextClass());
        RawValuesEmitter.packLocals(code, parameters, 0);
        code.constant('I', function);
        code.context();
        code.invokeStatic(EXECUTION_CONTEXT, "callImport", "([JI" + CONTEXT + ")[J");
        RawValuesEmitter.returnRaw(code, type);
        target.record(name, code.end());
    }

    /** Returns the type of the functions an invoke import calls, or null for another import. */
    private @Nullable FunctionType invoked(int function) {
        FunctionType type = model.functionType(function);
        if (setThrew < 0
                || !model.functionImport(function).name().startsWith(INVOKE)
                || type.params().isEmpty()
                || type.returns().size() > 1) {
            return null;
        }
        FunctionType called =
                FunctionType.of(type.params().subList(1, type.params().size()), type.returns());
        return model.findType(called) < 0 ? null : called;
    }

    /**
     * Writes what Emscripten's glue does for {@code invoke_*}: calls the table's function; a
     * longjmp restores the stack pointer and is reported by {@code setThrew(1, 0)}.
     */
    private void emitInvoke(ClassBuilder target, int function, FunctionType called) {
        FunctionType type = model.functionType(function);
        String parameters = JvmTypes.of(type.params());
        String name = ModuleModel.functionMethod(function);
        MethodVisitor method = target.staticMethod(name, model.descriptor(type));
        Code code = new Code(method, parameters, model.contextClass());
        int saved = code.addLocal('I');
        code.context();
        code.field(Opcodes.GETFIELD, model.contextClass(), "stackPointer", "I");
        code.store('I', saved);
        Label from = new Label();
        Label to = new Label();
        code.mark(from);
        int slot = 1;
        for (int i = 1; i < parameters.length(); i++) {
            code.load(parameters.charAt(i), slot);
            slot += JvmTypes.slots(parameters.charAt(i));
        }
        code.load('I', 0);
        code.context();
        int canonical = model.canonicalType(model.findType(called));
        code.invokeStatic(
                model.indirectClass(canonical),
                ModuleModel.indirectMethod(canonical),
                model.indirectDescriptor(called));
        code.mark(to);
        emitReturn(code, type);
        code.placeHandler(from, to, new Label(), LONGJMP_EXCEPTION);
        code.op(Opcodes.POP);
        reportLongjmp(code, saved);
        if (!type.returns().isEmpty()) {
            code.constant(JvmTypes.of(type.returns()).charAt(0), 0);
        }
        emitReturn(code, type);
        target.record(name, code.end());
    }

    private void reportLongjmp(Code code, int saved) {
        code.context();
        code.load('I', saved);
        code.field(Opcodes.PUTFIELD, model.contextClass(), "stackPointer", "I");
        code.constant('I', 1);
        code.constant('I', 0);
        code.context();
        code.invokeStatic(
                model.functionClass(setThrew),
                ModuleModel.functionMethod(setThrew),
                model.descriptor(SET_THREW_TYPE));
    }

    private static void emitReturn(Code code, FunctionType type) {
        code.op(
                type.returns().isEmpty()
                        ? Opcodes.RETURN
                        : Code.typed(JvmTypes.of(type.returns()).charAt(0), Opcodes.IRETURN));
    }
}
