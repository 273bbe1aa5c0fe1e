package io.github.jdbcpglite.build.outline;

import io.github.jdbcpglite.build.wasm.FuncType;
import io.github.jdbcpglite.build.wasm.ValType;
import java.util.ArrayList;
import java.util.List;

/** A function as a tree of blocks. Mutable. */
final class FunctionTree {
    private final int index;
    private final FuncType type;
    private final List<ValType> locals;
    private final Label label;
    private final List<Node> body;

    /**
     * Wraps the parts of a function.
     *
     * @param index its number in the module
     * @param type its type
     * @param moreLocals types of the locals after the parameters
     * @param label the label that {@code return} and outermost branches name
     * @param body its code, kept and changed
     */
    FunctionTree(int index, FuncType type, List<ValType> moreLocals, Label label, List<Node> body) {
        this.index = index;
        this.type = type;
        this.locals = new ArrayList<>(type.params());
        this.locals.addAll(moreLocals);
        this.label = label;
        this.body = body;
    }

    int index() {
        return index;
    }

    FuncType type() {
        return type;
    }

    /** Returns the types of all locals, parameters first. */
    List<ValType> locals() {
        return locals;
    }

    /** Returns the types of the locals after the parameters. */
    List<ValType> declaredLocals() {
        return locals.subList(type.params().size(), locals.size());
    }

    Label label() {
        return label;
    }

    List<Node> body() {
        return body;
    }

    /** Adds a local and returns its index. */
    int addLocal(ValType localType) {
        locals.add(localType);
        return locals.size() - 1;
    }
}
