package io.github.jdbcpglite.build.nativecode;

import io.github.jdbcpglite.build.wasm.FuncType;
import io.github.jdbcpglite.build.wasm.ValType;
import java.util.List;

/** C functions between translated code and the host: imports, callbacks, and calls from outside. */
final class Stubs {
    /** Callbacks of each type, and parameters that they have at most. */
    static final int CALLBACKS = 4;

    static final int CALLBACK_PARAMS_MAX = 6;

    /** {@code VALUES_MAX} of guest.h. */
    private static final int VALUES_MAX = 64;

    private final ModuleModel model;
    private final CWriter out;

    Stubs(ModuleModel model, CWriter out) {
        this.model = model;
        this.out = out;
    }

    /** Writes the function of an import. */
    void imported(int function) {
        Signature signature = model.signature(function);
        out.blank();
        out.open(signature.prototype(model.functionName(function), true));
        if (model.isInvoke(function)) {
            invoke(signature);
        } else if (model.isThrowLongjmp(function)) {
            out.line("throw_longjmp(c);");
        } else {
            callHost(signature.type(), function + "u");
        }
        out.close("");
    }

    /** Writes a function that engines put into the table for one of their own. */
    void callback(Signature signature, String name, int number) {
        out.blank();
        out.open("static " + signature.prototype(name, true));
        callHost(signature.type(), "CALLBACK | " + number + "u");
        out.close("");
    }

    private void callHost(FuncType type, String number) {
        List<ValType> params = type.params();
        if (Math.max(params.size(), type.results().size()) > VALUES_MAX) {
            throw new TranslationException("a function of the host of type " + type);
        }
        for (int i = 0; i < params.size(); i++) {
            out.line("c->values[" + i + "] = " + CTypes.toRaw(params.get(i), "l" + i) + ";");
        }
        String call =
                "call_host(c, " + model.symbol("slot") + ", " + number + ", " + params.size() + ")";
        if (type.results().size() == 1) {
            ValType result = type.results().get(0);
            out.line("u64 result = " + call + ";");
            out.line("return " + CTypes.fromRaw(result, "result") + ";");
        } else {
            out.line(call + ";");
        }
    }

    /** Writes the body of a function that calls another and catches what longjmp throws. */
    private void invoke(Signature signature) {
        Signature invoked = signature.invoked();
        if (invoked.hasSeveralResults()) {
            throw new TranslationException("an invoke function of type " + signature.type());
        }
        StringBuilder call = new StringBuilder("code(c");
        for (int i = 1; i < signature.type().params().size(); i++) {
            call.append(", l").append(i);
        }
        call.append(")");
        out.line("CHECK_STACK;");
        out.line(
                invoked.typeName()
                        + " *code = INDIRECT("
                        + invoked.typeName()
                        + ", "
                        + invoked.constant()
                        + ", l0);");
        out.line("landing place;");
        out.line("u32 stack_pointer = c->stack_pointer;");
        out.line("place.outer = c->landing;");
        out.line("place.kind = INVOKE;");
        out.line("place.trap = 0;");
        out.open("if (set_landing(&place) == 0)");
        out.line("c->landing = &place;");
        out.line(
                (signature.returnsValue() ? invoked.resultType() + " result = " : "") + call + ";");
        out.line("c->landing = place.outer;");
        out.line(signature.returnsValue() ? "return result;" : "return;");
        out.close("");
        out.line("c->landing = place.outer;");
        out.line("after_longjmp(c, stack_pointer);");
        if (signature.returnsValue()) {
            out.line("return 0;");
        }
    }

    /** Writes the function that calls those of a type with raw values. */
    void enter(Signature signature, String name) {
        FuncType type = signature.type();
        out.blank();
        out.open("static u64 " + name + "(context *c, void *code, const u64 *values)");
        StringBuilder call = new StringBuilder("((" + signature.typeName() + " *)code)(c");
        for (int i = 0; i < type.params().size(); i++) {
            call.append(", ").append(CTypes.fromRaw(type.params().get(i), "values[" + i + "]"));
        }
        call.append(")");
        if (signature.returnsValue()) {
            out.line("return " + CTypes.toRaw(type.results().get(0), call.toString()) + ";");
        } else {
            out.line(call + ";");
            out.line("return 0;");
        }
        out.close("");
    }
}
