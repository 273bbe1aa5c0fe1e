package io.github.jdbcpglite.engine.bytecode;

import io.github.jdbcpglite.engine.AddressFault;
import io.github.jdbcpglite.engine.Trap;

/** Makes the exceptions that end a guest which broke a rule of WebAssembly. */
public final class Traps {
    private Traps() {}

    /** The guest came to an unreachable instruction. */
    public static Trap unreachable() {
        return new Trap("Trapped on unreachable instruction");
    }

    /** The host called a function that is neither exported nor in the table. */
    public static Trap noFunction(int index) {
        return new Trap("function " + index + " is not exported and not in the function table");
    }

    static Trap divideByZero() {
        return new Trap("integer divide by zero");
    }

    static Trap integerOverflow() {
        return new Trap("integer overflow");
    }

    static Trap invalidConversion() {
        return new Trap("invalid conversion to integer");
    }

    static Trap undefinedElement(int index) {
        return new Trap("undefined element " + Integer.toUnsignedString(index));
    }

    static Trap uninitializedElement(int index) {
        return new Trap("uninitialized element " + Integer.toUnsignedString(index));
    }

    static Trap tableBounds() {
        return new Trap("out of bounds table access");
    }

    static Trap memoryBounds() {
        return new AddressFault();
    }
}
