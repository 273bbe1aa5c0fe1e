package io.github.jdbcpglite.engine.nativecode;

import io.github.jdbcpglite.engine.MainModule;
import io.github.jdbcpglite.engine.description.ModuleDescription;
import java.util.List;
import java.util.function.Supplier;

/**
 * A main module that was translated.
 *
 * @param description what instances have in common
 * @param code its code
 * @param initialMemory gives the memory as instantiation leaves it, with the module's data
 */
record NativeMain(
        ModuleDescription description, NativeModules.Code code, Supplier<NativeImage> initialMemory)
        implements MainModule {
    @Override
    public List<String> importedFunctions() {
        return description.imports().stream()
                .map(ModuleDescription.ImportedFunction::name)
                .toList();
    }
}
