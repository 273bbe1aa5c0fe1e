package io.github.jdbcpglite.build.codegen;

import static io.github.jdbcpglite.build.codegen.ModuleModel.ENGINE;
import static io.github.jdbcpglite.build.codegen.ModuleModel.EXECUTION_CONTEXT;

import com.dylibso.chicory.wasm.types.FunctionType;
import java.util.List;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/**
 * The methods that {@code call_indirect} goes through, one for each function type.
 *
 * <p>The table's code for an entry, combined with the caller's type, is the function's ordinal
 * among the module's functions of that type, or no ordinal at all. So one switch over small chunks
 * both checks the type and finds the function; everything else takes the slow path by way of
 * Chicory.
 */
final class IndirectCallEmitter {
    private static final String TABLE_OPS = ENGINE + "TableOps";
    private static final String CONTEXT = "L" + EXECUTION_CONTEXT + ";";
    private static final int CHUNK_SHIFT = 6;
    private static final int CHUNK = 1 << CHUNK_SHIFT;

    private final ModuleModel model;
    private final ClassBuilder target;

    IndirectCallEmitter(ModuleModel model, ClassBuilder target) {
        this.model = model;
        this.target = target;
    }

    /** Writes the methods for a type, given the functions that generated code calls directly. */
    void emit(int canonicalType, List<Integer> functions) {
        FunctionType type = model.type(canonicalType);
        String parameters = JvmTypes.of(type.params()) + "I";
        String name = ModuleModel.indirectMethod(canonicalType);
        int chunks = (functions.size() + CHUNK - 1) >>> CHUNK_SHIFT;
        MethodVisitor method = target.staticMethod(name, model.indirectDescriptor(type));
        Code code = new Code(method, parameters, model.contextClass());
        if (!functions.isEmpty()) {
            int index = JvmTypes.slots(parameters) - 1;
            code.load('I', index);
            code.constant('I', canonicalType);
            code.context();
            code.invokeStatic(TABLE_OPS, "ordinal", "(II" + CONTEXT + ")I");
            if (chunks == 1) {
                callFunction(code, type, functions, 0);
            } else {
                callChunk(code, canonicalType, chunks);
            }
        }
        callSlowly(code, type, canonicalType, 0, parameters);
        target.record(name, code.end());
        if (chunks > 1) {
            for (int chunk = 0; chunk < chunks; chunk++) {
                emitChunk(canonicalType, functions, chunk);
            }
        }
    }

    /** Switches over the ordinal on the stack; falls through if it is none of the chunk's. */
    private void callFunction(
            Code code, FunctionType type, List<Integer> functions, int firstOrdinal) {
        Label[] cases = new Label[functions.size()];
        for (int i = 0; i < cases.length; i++) {
            cases[i] = new Label();
        }
        Label otherwise = new Label();
        code.tableSwitch(firstOrdinal, cases, otherwise);
        for (int i = 0; i < cases.length; i++) {
            code.place(cases[i]);
            loadParameters(code, type);
            code.context();
            int function = functions.get(i);
            code.invokeStatic(
                    model.functionClass(function),
                    ModuleModel.functionMethod(function),
                    model.descriptor(type));
            emitReturn(code, type);
        }
        code.place(otherwise);
    }

    /** Switches over the upper bits of the ordinal on the stack. */
    private void callChunk(Code code, int canonicalType, int chunks) {
        FunctionType type = model.type(canonicalType);
        int ordinal = code.addLocal('I');
        code.op(Opcodes.DUP);
        code.store('I', ordinal);
        code.constant('I', CHUNK_SHIFT);
        code.op(Opcodes.IUSHR);
        Label[] cases = new Label[chunks];
        for (int i = 0; i < chunks; i++) {
            cases[i] = new Label();
        }
        Label otherwise = new Label();
        code.tableSwitch(0, cases, otherwise);
        for (int i = 0; i < chunks; i++) {
            code.place(cases[i]);
            loadParameters(code, type);
            code.load('I', JvmTypes.slots(JvmTypes.of(type.params())));
            code.load('I', ordinal);
            code.context();
            code.invokeStatic(target.name(), chunkMethod(canonicalType, i), chunkDescriptor(type));
            emitReturn(code, type);
        }
        code.place(otherwise);
    }

    private static String chunkMethod(int canonicalType, int chunk) {
        return ModuleModel.indirectMethod(canonicalType) + "_" + chunk;
    }

    private String chunkDescriptor(FunctionType type) {
        return "("
                + JvmTypes.of(type.params())
                + "II"
                + model.contextDescriptor()
                + ")"
                + JvmTypes.returned(type);
    }

    private void emitChunk(int canonicalType, List<Integer> functions, int chunk) {
        FunctionType type = model.type(canonicalType);
        String parameters = JvmTypes.of(type.params()) + "II";
        String name = chunkMethod(canonicalType, chunk);
        MethodVisitor method = target.staticMethod(name, chunkDescriptor(type));
        Code code = new Code(method, parameters, model.contextClass());
        int first = chunk << CHUNK_SHIFT;
        code.load('I', JvmTypes.slots(parameters) - 1);
        callFunction(
                code,
                type,
                functions.subList(first, Math.min(first + CHUNK, functions.size())),
                first);
        callSlowly(code, type, canonicalType, 0, parameters.substring(0, parameters.length() - 1));
        target.record(name, code.end());
    }

    private static void loadParameters(Code code, FunctionType type) {
        String parameters = JvmTypes.of(type.params());
        int slot = 0;
        for (int i = 0; i < parameters.length(); i++) {
            code.load(parameters.charAt(i), slot);
            slot += JvmTypes.slots(parameters.charAt(i));
        }
    }

    private static void emitReturn(Code code, FunctionType type) {
        switch (type.returns().size()) {
            case 0 -> code.op(Opcodes.RETURN);
            case 1 -> code.op(Code.typed(JvmTypes.of(type.returns()).charAt(0), Opcodes.IRETURN));
            default -> code.op(Opcodes.ARETURN);
        }
    }

    /** Calls through Chicory; the parameters and the index are the first local slots. */
    private static void callSlowly(
            Code code, FunctionType type, int canonicalType, int table, String parameters) {
        RawValuesEmitter.packLocals(code, JvmTypes.of(type.params()), 0);
        code.load('I', JvmTypes.slots(parameters) - 1);
        invokeSlowPath(code, canonicalType, table);
        RawValuesEmitter.returnRaw(code, type);
    }

    private static void invokeSlowPath(Code code, int canonicalType, int table) {
        code.constant('I', canonicalType);
        code.constant('I', table);
        code.context();
        code.invokeStatic(TABLE_OPS, "callIndirect", "([JIII" + CONTEXT + ")[J");
    }

    /** Calls through another table than the first, with the operands on the stack. */
    static void callOtherTable(Code code, FunctionType type, int canonicalType, int table) {
        String parameters = JvmTypes.of(type.params());
        int first = code.temporarySlot();
        int index = first + JvmTypes.slots(parameters);
        code.store('I', index);
        int slot = index;
        for (int i = parameters.length() - 1; i >= 0; i--) {
            slot -= JvmTypes.slots(parameters.charAt(i));
            code.store(parameters.charAt(i), slot);
        }
        RawValuesEmitter.packLocals(code, parameters, first);
        code.load('I', index);
        invokeSlowPath(code, canonicalType, table);
        RawValuesEmitter.unwrapResult(code, type);
    }
}
