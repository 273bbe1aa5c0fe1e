package io.github.jdbcpglite.postgres.internal.distribution;

import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.runtime.Machine;
import com.dylibso.chicory.wasm.ChicoryException;
import com.dylibso.chicory.wasm.Parser;
import com.dylibso.chicory.wasm.WasmModule;
import io.github.jdbcpglite.engine.bytecode.GeneratedModules;
import io.github.jdbcpglite.host.CompiledModule;
import java.util.function.Function;

/**
 * A compiled module of an image: parsed and linked to its classes when first asked for, then kept.
 *
 * <p>Thread-safe.
 */
public final class StoredModule {
    private final String path;
    private final DistributionResources resources;
    private final String wasmResource;
    private final String machineClass;
    private final Lazy<CompiledModule> compiled = new Lazy<>(this::load);

    StoredModule(
            DistributionResources resources,
            String path,
            String wasmResource,
            String machineClass) {
        this.resources = resources;
        this.path = path;
        this.wasmResource = wasmResource;
        this.machineClass = machineClass;
    }

    /**
     * Looks whether the module's parts are there, without reading them.
     *
     * @throws DistributionException naming the one that is missing
     */
    void check() {
        if (!resources.exists(wasmResource)) {
            throw resources.damaged(wasmResource + " is missing");
        }
        String classFile = machineClass.replace('.', '/') + ".class";
        if (resources.loader().getResource(classFile) == null) {
            throw resources.damaged("the class " + machineClass + " is missing");
        }
    }

    /** Returns the path in the guest's file system. */
    public String path() {
        return path;
    }

    /**
     * Returns the module and what runs it.
     *
     * @return always the same object
     * @throws DistributionException if a part is missing or damaged
     */
    public CompiledModule compiled() {
        return compiled.get();
    }

    /** Returns the parsed module, without function bodies; see {@link #compiled}. */
    public WasmModule module() {
        return compiled().module();
    }

    /**
     * Returns what makes the compiled functions runnable for an instance; see {@link #compiled}.
     */
    public Function<Instance, Machine> machineFactory() {
        return compiled().machineFactory();
    }

    private CompiledModule load() {
        WasmModule module;
        try {
            // The pipeline validated the module with its bodies; these have none worth checking.
            module =
                    Parser.builder()
                            .withValidation(false)
                            .build()
                            .parse(() -> resources.open(wasmResource));
        } catch (ChicoryException e) {
            throw resources.damaged(wasmResource + " cannot be parsed", e);
        }
        return new CompiledModule(
                module, GeneratedModules.machineFactory(resources.machines(machineClass)));
    }
}
