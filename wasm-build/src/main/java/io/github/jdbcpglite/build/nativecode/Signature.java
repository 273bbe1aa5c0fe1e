package io.github.jdbcpglite.build.nativecode;

import io.github.jdbcpglite.build.stage.Hashes;
import io.github.jdbcpglite.build.wasm.FuncType;
import io.github.jdbcpglite.build.wasm.ValType;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A function type as C knows it.
 *
 * @param type the type
 */
record Signature(FuncType type) {
    private static final int BASE = 5;

    /** Parameters of a type whose digits fit its number. */
    private static final int DIGITS_MAX = 25;

    /** Set in the number of a type that is not written in digits. */
    private static final long HASHED = 1L << 63;

    /** Returns whether the type can be translated. */
    boolean isTranslatable() {
        return type.params().stream().allMatch(CTypes::isNumber)
                && type.results().stream().allMatch(CTypes::isNumber);
    }

    /**
     * Returns the number that stands for the type in tables, {@code signature} of guest.h.
     *
     * @throws TranslationException if the type has none
     */
    long number() {
        if (!isTranslatable()) {
            throw new TranslationException("functions of type " + type + " are not translated");
        }
        if (hasSeveralResults() || type.params().size() > DIGITS_MAX) {
            String hash = Hashes.ofBytes(letters().getBytes(StandardCharsets.US_ASCII));
            return HASHED | Long.parseUnsignedLong(hash.substring(0, Long.BYTES * 2), 16);
        }
        long number = BASE;
        if (returnsValue()) {
            number += CTypes.digit(type.results().get(0));
        }
        for (ValType param : type.params()) {
            number = number * BASE + CTypes.digit(param);
        }
        return number;
    }

    /** Returns the number as a C constant. */
    String constant() {
        return "0x" + Long.toHexString(number()) + "ull";
    }

    /** Returns the letters of results and parameters, which are part of an identifier. */
    String letters() {
        return (type.results().isEmpty() ? "v" : letters(type.results()))
                + "_"
                + letters(type.params());
    }

    private static String letters(List<ValType> types) {
        StringBuilder letters = new StringBuilder();
        types.forEach(each -> letters.append(CTypes.letter(each)));
        return letters.toString();
    }

    /** Returns the name of the C type of such functions. */
    String typeName() {
        return "type_" + letters();
    }

    /** Returns whether results are passed in the context. */
    boolean hasSeveralResults() {
        return type.results().size() > 1;
    }

    /** Returns whether C code returns the result. */
    boolean returnsValue() {
        return type.results().size() == 1;
    }

    /** Returns the type that C code returns. */
    String resultType() {
        return returnsValue() ? CTypes.name(type.results().get(0)) : "void";
    }

    /** Returns a declaration of such a function without its end. */
    String prototype(String name, boolean withNames) {
        StringBuilder text = new StringBuilder(resultType());
        text.append(' ').append(name).append('(').append(withNames ? "context *c" : "context *");
        for (int i = 0; i < type.params().size(); i++) {
            text.append(", ").append(CTypes.name(type.params().get(i)));
            if (withNames) {
                text.append(" l").append(i);
            }
        }
        return text.append(')').toString();
    }

    /** Returns the type of the functions that an {@code invoke_*} function of this type calls. */
    Signature invoked() {
        List<ValType> params = type.params();
        if (params.isEmpty() || params.get(0) != ValType.I32) {
            throw new TranslationException("an invoke function of type " + type);
        }
        return new Signature(new FuncType(params.subList(1, params.size()), type.results()));
    }
}
