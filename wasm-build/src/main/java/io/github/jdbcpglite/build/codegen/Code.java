package io.github.jdbcpglite.build.codegen;

import java.util.ArrayList;
import java.util.List;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/**
 * A method under construction: instructions, the types on the operand stack, stack-map frames.
 *
 * <p>The caller keeps {@link #push} and {@link #pop} in step with what it emits. All locals have
 * their type in every frame, so a frame with an empty stack costs one byte.
 */
final class Code implements Opcodes {
    private static final int SHORTEST_FORMS = 5;

    private final MethodVisitor method;
    private final int contextSlot;
    private final List<Object> frameLocals = new ArrayList<>();
    private final StringBuilder stack = new StringBuilder();
    private int nextTemporary;
    private boolean frameHere;

    /**
     * Starts a method whose parameters are wasm values followed by the context.
     *
     * @param parameters JVM types of the wasm parameters
     * @param contextClass internal name of the context's class
     */
    Code(MethodVisitor method, String parameters, String contextClass) {
        this.method = method;
        this.contextSlot = JvmTypes.slots(parameters);
        for (int i = 0; i < parameters.length(); i++) {
            frameLocals.add(frameType(parameters.charAt(i)));
        }
        frameLocals.add(contextClass);
        this.nextTemporary = contextSlot + 1;
        method.visitCode();
    }

    /** Reserves the next slots for a local that every frame holds from now on. */
    int addLocal(char type) {
        int slot = nextTemporary;
        frameLocals.add(frameType(type));
        nextTemporary += JvmTypes.slots(type);
        return slot;
    }

    static Object frameType(char type) {
        return switch (type) {
            case 'I' -> INTEGER;
            case 'J' -> LONG;
            case 'F' -> FLOAT;
            default -> DOUBLE;
        };
    }

    int height() {
        return stack.length();
    }

    char top() {
        return stack.charAt(stack.length() - 1);
    }

    void push(char type) {
        stack.append(type);
    }

    void push(String types) {
        stack.append(types);
    }

    void pop(int count) {
        stack.setLength(stack.length() - count);
    }

    /** Makes the stack what it was at a height, with values on it: the state after a jump. */
    void resetStack(int height, String types) {
        stack.setLength(height);
        stack.append(types);
    }

    void op(int opcode) {
        frameHere = false;
        method.visitInsn(opcode);
    }

    void load(char type, int slot) {
        frameHere = false;
        method.visitVarInsn(typed(type, ILOAD), slot);
    }

    void store(char type, int slot) {
        frameHere = false;
        method.visitVarInsn(typed(type, ISTORE), slot);
    }

    void loadReference(int slot) {
        frameHere = false;
        method.visitVarInsn(ALOAD, slot);
    }

    void storeReference(int slot) {
        frameHere = false;
        method.visitVarInsn(ASTORE, slot);
    }

    void increment(int slot, int by) {
        frameHere = false;
        method.visitIincInsn(slot, by);
    }

    void context() {
        frameHere = false;
        method.visitVarInsn(ALOAD, contextSlot);
    }

    /** Returns the form of an int instruction for another type; the JVM orders them I, J, F, D. */
    static int typed(char type, int intOpcode) {
        return intOpcode + "IJFD".indexOf(type);
    }

    void constant(char type, long bits) {
        switch (type) {
            case 'I' -> constant((int) bits);
            case 'J' -> constant(bits);
            case 'F' -> constant(Float.intBitsToFloat((int) bits));
            default -> constant(Double.longBitsToDouble(bits));
        }
    }

    void constant(int value) {
        frameHere = false;
        if (value >= -1 && value <= SHORTEST_FORMS) {
            method.visitInsn(ICONST_0 + value);
        } else if (value == (byte) value) {
            method.visitIntInsn(BIPUSH, value);
        } else if (value == (short) value) {
            method.visitIntInsn(SIPUSH, value);
        } else {
            method.visitLdcInsn(value);
        }
    }

    private void constant(long value) {
        frameHere = false;
        if (value == 0 || value == 1) {
            method.visitInsn(LCONST_0 + (int) value);
        } else if (value == (short) value) {
            constant((int) value);
            method.visitInsn(I2L);
        } else {
            method.visitLdcInsn(value);
        }
    }

    private void constant(float value) {
        frameHere = false;
        if (Float.floatToRawIntBits(value) == 0) {
            method.visitInsn(FCONST_0);
        } else {
            method.visitLdcInsn(value);
        }
    }

    private void constant(double value) {
        frameHere = false;
        if (Double.doubleToRawLongBits(value) == 0) {
            method.visitInsn(DCONST_0);
        } else {
            method.visitLdcInsn(value);
        }
    }

    void newLongArray(int length) {
        constant(length);
        method.visitIntInsn(NEWARRAY, T_LONG);
    }

    void invokeStatic(String owner, String name, String descriptor) {
        frameHere = false;
        method.visitMethodInsn(INVOKESTATIC, owner, name, descriptor, false);
    }

    void field(int opcode, String owner, String name, String descriptor) {
        frameHere = false;
        method.visitFieldInsn(opcode, owner, name, descriptor);
    }

    void jump(int opcode, Label target) {
        frameHere = false;
        method.visitJumpInsn(opcode, target);
    }

    void tableSwitch(int first, Label[] targets, Label otherwise) {
        frameHere = false;
        method.visitTableSwitchInsn(first, first + targets.length - 1, otherwise, targets);
    }

    void lookupSwitch(int[] keys, Label[] targets, Label otherwise) {
        frameHere = false;
        method.visitLookupSwitchInsn(otherwise, keys, targets);
    }

    /** Places a label that jumps come to; the stack is the current one. */
    void place(Label label) {
        method.visitLabel(label);
        if (!frameHere) {
            Object[] types = new Object[stack.length()];
            for (int i = 0; i < types.length; i++) {
                types[i] = frameType(stack.charAt(i));
            }
            frame(types);
        }
    }

    /** Places a label that marks a position and needs no frame. */
    void mark(Label label) {
        method.visitLabel(label);
    }

    /** Starts an exception handler: the exception alone is on the stack. */
    void placeHandler(Label from, Label to, Label handler, String exception) {
        method.visitTryCatchBlock(from, to, handler, exception);
        method.visitLabel(handler);
        frame(new Object[] {exception});
    }

    private void frame(Object[] types) {
        method.visitFrame(F_NEW, frameLocals.size(), frameLocals.toArray(), types.length, types);
        frameHere = true;
    }

    void drop(char type) {
        op(JvmTypes.slots(type) == 2 ? POP2 : POP);
    }

    /**
     * Drops what lies between a height and the values on top, which stay.
     *
     * @param keep JVM types of the values on top
     */
    void unwind(int height, String keep) {
        if (stack.length() - keep.length() == height) {
            return;
        }
        storeAll(keep, nextTemporary);
        for (int i = stack.length() - keep.length() - 1; i >= height; i--) {
            drop(stack.charAt(i));
        }
        loadAll(keep, nextTemporary);
    }

    /**
     * Moves the operands below the topmost ones to local variables, which every frame holds until
     * {@link #takeBack}.
     *
     * @param keep how many operands stay
     * @return JVM types of the moved operands, lowest first
     */
    String setAside(int keep) {
        String moved = stack.substring(0, stack.length() - keep);
        if (moved.isEmpty()) {
            return moved;
        }
        String kept = stack.substring(moved.length());
        int slot = nextTemporary;
        int keptSlot = slot + JvmTypes.slots(moved);
        storeAll(kept, keptSlot);
        storeAll(moved, slot);
        for (int i = 0; i < moved.length(); i++) {
            addLocal(moved.charAt(i));
        }
        loadAll(kept, keptSlot);
        resetStack(0, kept);
        return moved;
    }

    /**
     * Moves operands back that {@link #setAside} moved, below what is on the stack.
     *
     * @param moved their types
     * @param above JVM types of all that is on the stack
     * @param reachable whether this place is; if not, no code is written
     */
    void takeBack(String moved, String above, boolean reachable) {
        if (moved.isEmpty()) {
            return;
        }
        frameLocals.subList(frameLocals.size() - moved.length(), frameLocals.size()).clear();
        int aboveSlot = nextTemporary;
        nextTemporary -= JvmTypes.slots(moved);
        if (reachable) {
            storeAll(above, aboveSlot);
            loadAll(moved, nextTemporary);
            loadAll(above, aboveSlot);
        }
        resetStack(0, moved + above);
    }

    private void storeAll(String types, int firstSlot) {
        int slot = firstSlot + JvmTypes.slots(types);
        for (int i = types.length() - 1; i >= 0; i--) {
            slot -= JvmTypes.slots(types.charAt(i));
            store(types.charAt(i), slot);
        }
    }

    private void loadAll(String types, int firstSlot) {
        int slot = firstSlot;
        for (int i = 0; i < types.length(); i++) {
            load(types.charAt(i), slot);
            slot += JvmTypes.slots(types.charAt(i));
        }
    }

    /** Returns a slot for a value that no frame needs to know. */
    int temporarySlot() {
        return nextTemporary;
    }

    int end() {
        Label last = new Label();
        method.visitLabel(last);
        method.visitMaxs(0, 0);
        method.visitEnd();
        return last.getOffset();
    }
}
