package io.github.jdbcpglite.build.nativecode;

/**
 * What a module is translated as.
 *
 * @param codeName the name by which the engine finds the code
 * @param library whether other code of a guest is there before it: its globals, and what its
 *     imports are bound to, are those of an instance
 * @param prefix what the names of all its functions begin with, so that several modules can be
 *     linked
 */
public record TranslatorOptions(String codeName, boolean library, String prefix) {
    /** Returns the options of a main module, whose functions have the guest's names. */
    public static TranslatorOptions main(String codeName) {
        return new TranslatorOptions(codeName, false, "");
    }

    /** Returns the options of a library, whose functions have its name in front of theirs. */
    public static TranslatorOptions library(String codeName) {
        return new TranslatorOptions(codeName, true, Identifiers.of(codeName) + "__");
    }
}
