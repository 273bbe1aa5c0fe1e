package io.github.jdbcpglite.build.nativecode;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Writes what a module has once: its header, and the file with its stubs and tables. */
final class ModuleText {
    private static final int BYTES_PER_LINE = 24;

    private final ModuleModel model;
    private final String digest;
    private final Map<String, Signature> types;
    private final Map<String, Signature> functionTypes;

    /**
     * Prepares the texts.
     *
     * @param model the module
     * @param digest the hash of what it was parsed from
     */
    ModuleText(ModuleModel model, String digest) {
        this.model = model;
        this.digest = digest;
        this.types = model.types();
        this.functionTypes = model.functionTypes();
    }

    /** Returns the declarations that all files of the module share. */
    String header() {
        CWriter out = new CWriter();
        out.line("// Declarations of the module " + comment(model.options().codeName()) + ".");
        out.line("#pragma once");
        out.line("#include \"guest.h\"");
        out.line("#include \"operations.h\"");
        out.blank();
        out.line("extern HIDDEN u32 " + model.symbol("slot") + ";");
        out.line("#define INSTANCE (c->modules[" + model.symbol("slot") + "])");
        String globals = model.options().library() ? "INSTANCE->globals" : "c->globals";
        out.line("#define GLOBAL(type, index) (*(type *)&" + globals + "[index])");
        out.blank();
        types.forEach((name, type) -> out.line("typedef " + type.prototype(name, false) + ";"));
        out.blank();
        out.line("#pragma GCC visibility push(hidden)");
        declareSegments(out);
        for (int i = 0; i < model.functionCount(); i++) {
            out.line(model.signature(i).typeName() + " " + model.functionName(i) + ";");
        }
        out.line("#pragma GCC visibility pop");
        return out.toString();
    }

    private static String comment(String text) {
        return text.replaceAll("[^ -~]", "?");
    }

    private void declareSegments(CWriter out) {
        for (int i = 0; i < model.segments().data().size(); i++) {
            if (model.segments().data().get(i).length > 0) {
                out.line("extern const u8 " + model.symbol("data") + "_" + i + "[];");
            }
        }
        for (int i = 0; i < model.segments().elements().size(); i++) {
            if (!model.segments().elements().get(i).isEmpty()) {
                out.line("extern const entry " + model.symbol("elements") + "_" + i + "[];");
            }
        }
    }

    /** Returns the file with what the runtime and the engine need. */
    String module() {
        CWriter out = new CWriter();
        out.line("#include \"" + Translator.HEADER + "\"");
        out.blank();
        out.line("u32 " + model.symbol("slot") + ";");
        segments(out);
        Stubs stubs = new Stubs(model, out);
        for (int i = 0; i < model.importCount(); i++) {
            stubs.imported(i);
        }
        functionTypes.forEach((name, type) -> stubs.enter(type, "enter_" + type.letters()));
        List<Signature> callbacks = callbacks(stubs);
        types(out);
        functions(out);
        callbackTable(out, callbacks);
        description(out, callbacks.size());
        return out.toString();
    }

    private void segments(CWriter out) {
        for (int i = 0; i < model.segments().data().size(); i++) {
            byte[] bytes = model.segments().data().get(i);
            if (bytes.length > 0) {
                out.blank();
                out.open("const u8 " + model.symbol("data") + "_" + i + "[] =");
                bytes(out, bytes);
                out.close(";");
            }
        }
        for (int i = 0; i < model.segments().elements().size(); i++) {
            List<Integer> functions = model.segments().elements().get(i);
            if (!functions.isEmpty()) {
                out.blank();
                out.open("const entry " + model.symbol("elements") + "_" + i + "[] =");
                functions.forEach(function -> out.line(element(function)));
                out.close(";");
            }
        }
    }

    private static void bytes(CWriter out, byte[] bytes) {
        for (int from = 0; from < bytes.length; from += BYTES_PER_LINE) {
            StringBuilder line = new StringBuilder();
            for (int i = from; i < Math.min(bytes.length, from + BYTES_PER_LINE); i++) {
                line.append(bytes[i] & 0xFF).append(',');
            }
            out.line(line.toString());
        }
    }

    private String element(int function) {
        return function == Segments.NO_FUNCTION
                ? "{0, 0},"
                : "{" + model.signature(function).constant() + ", " + code(function) + "},";
    }

    private String code(int function) {
        return "(void *)" + model.functionName(function);
    }

    /** A library has none: those of the guest's main module do for it. */
    private List<Signature> callbacks(Stubs stubs) {
        List<Signature> withCallbacks = new ArrayList<>();
        if (model.options().library()) {
            return withCallbacks;
        }
        for (Signature type : types.values()) {
            if (type.type().params().size() <= Stubs.CALLBACK_PARAMS_MAX) {
                for (int k = 0; k < Stubs.CALLBACKS; k++) {
                    int number = withCallbacks.size() * Stubs.CALLBACKS + k;
                    stubs.callback(type, callback(type, k), number);
                }
                withCallbacks.add(type);
            }
        }
        return withCallbacks;
    }

    private static String callback(Signature type, int number) {
        return "callback_" + type.letters() + "_" + number;
    }

    private void types(CWriter out) {
        out.blank();
        out.open("static const type types[] =");
        for (Signature type : functionTypes.values()) {
            out.line("{" + type.constant() + ", enter_" + type.letters() + "},");
        }
        out.close(";");
    }

    private void functions(CWriter out) {
        List<String> order = List.copyOf(functionTypes.keySet());
        out.blank();
        out.open("static const function functions[] =");
        for (int i = 0; i < model.functionCount(); i++) {
            int type = order.indexOf(model.signature(i).typeName());
            if (type < 0) {
                model.signature(i).number(); // says why
            }
            out.line("{" + code(i) + ", &types[" + type + "]},");
        }
        out.close(";");
    }

    private static void callbackTable(CWriter out, List<Signature> callbacks) {
        out.blank();
        out.open("static const callback callbacks[] =");
        for (Signature type : callbacks) {
            StringBuilder codes = new StringBuilder();
            for (int k = 0; k < Stubs.CALLBACKS; k++) {
                codes.append(k == 0 ? "" : ", ").append("(void *)").append(callback(type, k));
            }
            out.line("{" + type.constant() + ", {" + codes + "}},");
        }
        out.close(";");
    }

    private void description(CWriter out, int callbackCount) {
        if (model.options().library()) {
            out.blank();
            out.open("static const u8 description[] =");
            bytes(out, LibraryDescriber.bytes(model.module()));
            out.close(";");
        }
        out.blank();
        out.open(
                "__attribute__((visibility(\"default\"))) const module "
                        + Translator.symbol(model.options().codeName())
                        + " =");
        out.line(".name = " + literal(model.options().codeName()) + ",");
        out.line(".digest = \"" + digest + "\",");
        out.line(".slot = &" + model.symbol("slot") + ",");
        if (model.options().library()) {
            out.line(".description = description,");
            out.line(".description_bytes = sizeof(description),");
        }
        out.line(".import_count = " + model.importCount() + ",");
        out.line(".function_count = " + model.functionCount() + ",");
        out.line(".global_count = " + model.globals().count() + ",");
        out.line(".segment_count = " + segmentCount() + ",");
        out.line(".callback_count = " + callbackCount + ",");
        out.line(".functions = functions,");
        out.line(".callbacks = callbacks,");
        out.close(";");
    }

    private int segmentCount() {
        return model.segments().data().size() + model.segments().elements().size();
    }

    /** Writes every byte that is not a plain character as an octal number. */
    private static String literal(String text) {
        StringBuilder literal = new StringBuilder("\"");
        for (byte each : text.getBytes(StandardCharsets.UTF_8)) {
            boolean plain = each > ' ' && each < 0x7F && each != '"' && each != '\\' && each != '?';
            literal.append(plain ? String.valueOf((char) each) : octal(each));
        }
        return literal.append('"').toString();
    }

    private static String octal(byte value) {
        String digits = Integer.toOctalString(value & 0xFF);
        return "\\" + "0".repeat(3 - digits.length()) + digits;
    }
}
