package io.github.jdbcpglite.build.codegen;

import static io.github.jdbcpglite.build.codegen.ModuleModel.EXECUTION_CONTEXT;

import org.objectweb.asm.Opcodes;

/** Accesses to globals. */
final class GlobalEmitter {
    private static final String CONTEXT = "L" + EXECUTION_CONTEXT + ";";

    private final ModuleModel model;
    private final Code code;

    GlobalEmitter(ModuleModel model, Code code) {
        this.model = model;
        this.code = code;
    }

    /** Emits the object whose field holds the global. */
    private void owner(GlobalModel.Entry global) {
        code.context();
        if (global.place() == GlobalModel.Place.IMPORTED_STACK_POINTER) {
            code.field(Opcodes.GETFIELD, model.contextClass(), "stackOwner", CONTEXT);
        }
    }

    private void field(int opcode, GlobalModel.Entry global) {
        if (global.place() == GlobalModel.Place.IMPORTED_STACK_POINTER) {
            code.field(opcode, EXECUTION_CONTEXT, "stackPointer", "I");
        } else {
            code.field(
                    opcode,
                    model.contextClass(),
                    global.fieldName(),
                    String.valueOf(global.type()));
        }
    }

    void get(GlobalModel.Entry global) {
        if (global.place() == GlobalModel.Place.IMPORTED) {
            code.constant('I', global.index());
            code.context();
            code.invokeStatic(EXECUTION_CONTEXT, "importedGlobal", "(I" + CONTEXT + ")J");
            RawValuesEmitter.fromRaw(code, global.type());
        } else {
            owner(global);
            field(Opcodes.GETFIELD, global);
        }
        code.push(global.type());
    }

    /** Sets a global to the value on the stack. */
    void set(GlobalModel.Entry global) {
        if (global.place() == GlobalModel.Place.IMPORTED) {
            setImported(global);
        } else {
            owner(global);
            if (JvmTypes.slots(global.type()) == 2) {
                code.op(Opcodes.DUP_X2);
                code.op(Opcodes.POP);
            } else {
                code.op(Opcodes.SWAP);
            }
            field(Opcodes.PUTFIELD, global);
        }
        code.pop(1);
    }

    void setConstant(GlobalModel.Entry global, long bits) {
        if (global.place() == GlobalModel.Place.IMPORTED) {
            code.constant(global.type(), bits);
            setImported(global);
        } else {
            owner(global);
            code.constant(global.type(), bits);
            field(Opcodes.PUTFIELD, global);
        }
    }

    private void setImported(GlobalModel.Entry global) {
        RawValuesEmitter.toRaw(code, global.type());
        code.constant('I', global.index());
        code.context();
        code.invokeStatic(EXECUTION_CONTEXT, "importedGlobal", "(JI" + CONTEXT + ")V");
    }
}
