package io.github.jdbcpglite.engine.nativecode;

import io.github.jdbcpglite.engine.Signature;

/** The numbers that {@code guest.h} gives to function types. */
final class SignatureNumbers {
    private static final int DIGITS = 5;

    private SignatureNumbers() {}

    /** Returns the number of a type with at most 25 parameters. */
    static long of(Signature signature) {
        long number = DIGITS;
        for (Signature.Type result : signature.results()) {
            number += digit(result);
        }
        for (Signature.Type parameter : signature.parameters()) {
            number = number * DIGITS + digit(parameter);
        }
        return number;
    }

    private static int digit(Signature.Type type) {
        return type.ordinal() + 1;
    }
}
