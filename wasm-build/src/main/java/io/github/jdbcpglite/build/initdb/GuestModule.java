package io.github.jdbcpglite.build.initdb;

import com.dylibso.chicory.runtime.Memory;
import com.dylibso.chicory.wasm.types.MemoryLimits;
import io.github.jdbcpglite.engine.bytecode.memory.PageSource;
import io.github.jdbcpglite.engine.bytecode.memory.PagedLinearMemory;
import io.github.jdbcpglite.host.CompiledModule;
import io.github.jdbcpglite.host.GuestInstance;
import io.github.jdbcpglite.host.HostFunction;
import io.github.jdbcpglite.host.MainModule;
import java.util.Map;

/** A module of which programs are run. */
interface GuestModule {

    /** Returns memory for one run. */
    PagedLinearMemory newMemory();

    /** Makes an instance over memory from {@link #newMemory}. */
    GuestInstance instantiate(PagedLinearMemory memory, Map<String, HostFunction> functions);

    /** Returns a module that is instantiated whole. */
    static GuestModule of(CompiledModule module, MemoryLimits limits) {
        return new GuestModule() {
            @Override
            public PagedLinearMemory newMemory() {
                return new PagedLinearMemory(limits);
            }

            @Override
            public GuestInstance instantiate(
                    PagedLinearMemory memory, Map<String, HostFunction> functions) {
                return new GuestInstance(module, memory, functions);
            }
        };
    }

    /** Returns a captured module. */
    static GuestModule of(MainModule module) {
        return new GuestModule() {
            @Override
            public PagedLinearMemory newMemory() {
                return PagedLinearMemory.restore(
                        module.initialMemory().get(),
                        Memory.RUNTIME_MAX_PAGES,
                        PageSource.unaccounted());
            }

            @Override
            public GuestInstance instantiate(
                    PagedLinearMemory memory, Map<String, HostFunction> functions) {
                return new GuestInstance(module, memory, functions);
            }
        };
    }
}
