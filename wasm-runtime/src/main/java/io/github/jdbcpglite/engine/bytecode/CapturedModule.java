package io.github.jdbcpglite.engine.bytecode;

import io.github.jdbcpglite.engine.MainModule;
import io.github.jdbcpglite.engine.bytecode.memory.PagedImage;
import io.github.jdbcpglite.engine.description.ModuleDescription;
import java.util.List;
import java.util.function.Supplier;

/**
 * A main module whose functions were compiled and whose instantiation was captured at build time.
 *
 * @param state what is the same in every instance
 * @param machines makes the machine of an instance
 * @param initialMemory gives the memory as instantiation leaves it, with the module's data
 */
public record CapturedModule(
        InitialInstance state,
        Supplier<GeneratedMachine> machines,
        Supplier<PagedImage> initialMemory)
        implements MainModule {
    @Override
    public List<String> importedFunctions() {
        return state.imports().stream().map(ModuleDescription.ImportedFunction::name).toList();
    }
}
