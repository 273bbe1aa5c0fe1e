package io.github.jdbcpglite.build.nativecode;

import io.github.jdbcpglite.build.wasm.Import;
import io.github.jdbcpglite.build.wasm.WasmModule;
import io.github.jdbcpglite.engine.description.LibraryDescription;

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
    /** What Emscripten's libraries import, and main modules do not. */
    private static final String MEMORY_BASE = LibraryDescription.MEMORY_BASE;

    /** Returns the options of a module, a library's if it is to be put where there is room. */
    public static TranslatorOptions of(String codeName, byte[] wasm) {
        boolean library =
                WasmModule.parse(wasm).imports().stream()
                        .map(Import::name)
                        .anyMatch(MEMORY_BASE::equals);
        return library ? library(codeName) : main(codeName);
    }

    /** Returns the options of a main module, whose functions have the guest's names. */
    public static TranslatorOptions main(String codeName) {
        return new TranslatorOptions(codeName, false, "");
    }

    /** Returns the options of a library, whose functions have its name in front of theirs. */
    public static TranslatorOptions library(String codeName) {
        return new TranslatorOptions(codeName, true, Identifiers.of(codeName) + "__");
    }
}
