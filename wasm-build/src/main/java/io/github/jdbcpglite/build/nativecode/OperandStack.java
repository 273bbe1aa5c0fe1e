package io.github.jdbcpglite.build.nativecode;

import io.github.jdbcpglite.build.wasm.ValType;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * The operands at one place of a function. Each lies in the variable of its type and height, or is
 * still the constant or the local that it was made of.
 */
final class OperandStack {
    private final CWriter out;
    private final List<Operand> operands = new ArrayList<>();

    /** All variables that were named, by name. */
    private final TreeMap<String, ValType> variables = new TreeMap<>();

    /**
     * An operand.
     *
     * @param text the expression of its value
     * @param inVariable whether that is its variable
     */
    private record Operand(ValType type, String text, boolean inVariable) {}

    OperandStack(CWriter out) {
        this.out = out;
    }

    int height() {
        return operands.size();
    }

    /** Returns the variable of a type at a height. */
    String variable(ValType type, int height) {
        String name = CTypes.letter(type) + Integer.toString(height);
        variables.putIfAbsent(name, type);
        return name;
    }

    /** Returns the variables that need a declaration, by name. */
    TreeMap<String, ValType> variables() {
        return variables;
    }

    /** Assigns an expression to the variable of the next height. */
    void push(ValType type, String expression) {
        out.line(variable(type, height()) + " = " + expression + ";");
        pushVariable(type);
    }

    /** Makes an operand of what is in its variable already. */
    void pushVariable(ValType type) {
        operands.add(new Operand(type, variable(type, height()), true));
    }

    /** Makes an operand of an expression that stays valid: a constant or a local. */
    void pushUnchanging(ValType type, String expression) {
        operands.add(new Operand(type, expression, false));
    }

    /** Removes the topmost operand and returns its expression. */
    String pop() {
        return operands.remove(height() - 1).text();
    }

    /** Removes operands and returns their expressions, the topmost last. */
    List<String> pop(int count) {
        List<Operand> top = operands.subList(height() - count, height());
        List<String> texts = top.stream().map(Operand::text).toList();
        top.clear();
        return texts;
    }

    /** Returns the expression of an operand, counted from the topmost, which is 0. */
    String peek(int depth) {
        return operands.get(height() - 1 - depth).text();
    }

    /** Returns whether the topmost operand was computed: it is no constant and no local. */
    boolean topIsVariable() {
        return operands.get(height() - 1).inVariable();
    }

    ValType topType() {
        return operands.get(height() - 1).type();
    }

    /** Removes what lies above a height. */
    void cut(int height) {
        operands.subList(height, height()).clear();
    }

    /** Assigns all operands to their variables. */
    void toVariables() {
        for (int i = 0; i < operands.size(); i++) {
            toVariable(i);
        }
    }

    /** Assigns those operands to their variables that are a local which is about to change. */
    void beforeAssignment(String local) {
        for (int i = 0; i < operands.size(); i++) {
            if (operands.get(i).text().equals(local)) {
                toVariable(i);
            }
        }
    }

    private void toVariable(int at) {
        Operand operand = operands.get(at);
        if (!operand.inVariable()) {
            String variable = variable(operand.type(), at);
            out.line(variable + " = " + operand.text() + ";");
            operands.set(at, new Operand(operand.type(), variable, true));
        }
    }

    /**
     * Returns the assignments by which the topmost operands get to a height, as one line; empty if
     * they are there. Going up from the lowest, none overwrites one that is still needed.
     */
    String moves(List<ValType> types, int height) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < types.size(); i++) {
            String from = peek(types.size() - 1 - i);
            String to = variable(types.get(i), height + i);
            if (!from.equals(to)) {
                text.append(to).append(" = ").append(from).append("; ");
            }
        }
        return text.toString();
    }
}
