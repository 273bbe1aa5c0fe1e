package io.github.jdbcpglite.engine.nativecode;

import io.github.jdbcpglite.engine.LibraryModule;
import io.github.jdbcpglite.engine.description.LibraryDescription;
import java.util.List;

/**
 * A library that was translated.
 *
 * @param description what linking needs
 * @param code its code
 */
record NativeLibrary(LibraryDescription description, NativeModules.Code code)
        implements LibraryModule {
    @Override
    public List<String> importedFunctions() {
        return description.imports();
    }

    @Override
    public List<String> dataOffsets() {
        return globals(LibraryDescription.DATA_OFFSETS);
    }

    @Override
    public List<String> functionOffsets() {
        return globals(LibraryDescription.FUNCTION_OFFSETS);
    }

    private List<String> globals(String module) {
        return description.importedGlobals().stream()
                .filter(global -> global.module().equals(module))
                .map(LibraryDescription.ImportedGlobal::name)
                .distinct()
                .toList();
    }

    @Override
    public boolean exportsFunction(String name) {
        return description.exports().function(name) >= 0;
    }

    @Override
    public Room room() {
        return description.room();
    }
}
