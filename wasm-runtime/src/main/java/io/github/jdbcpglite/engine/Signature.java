package io.github.jdbcpglite.engine;

import java.util.List;

/**
 * The type of a function.
 *
 * @param parameters the types of its parameters
 * @param results the types of its results, none or one
 */
public record Signature(List<Type> parameters, List<Type> results) {
    /** Copies the lists. */
    public Signature {
        parameters = List.copyOf(parameters);
        results = List.copyOf(results);
    }

    /** The types of WebAssembly's numbers. */
    public enum Type {
        /** An integer of 32 bits. */
        I32,
        /** An integer of 64 bits. */
        I64,
        /** A floating-point number of 32 bits. */
        F32,
        /** A floating-point number of 64 bits. */
        F64
    }
}
