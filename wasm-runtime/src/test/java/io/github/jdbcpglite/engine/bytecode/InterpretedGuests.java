package io.github.jdbcpglite.engine.bytecode;

import com.dylibso.chicory.runtime.InterpreterMachine;
import com.dylibso.chicory.wasm.Parser;
import io.github.jdbcpglite.engine.Guest;
import io.github.jdbcpglite.engine.HostFunction;
import io.github.jdbcpglite.engine.LinearMemory;
import io.github.jdbcpglite.engine.bytecode.memory.PagedLinearMemory;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Objects;

/** Guests of small modules that were not compiled: Chicory's interpreter runs them. */
public final class InterpretedGuests {
    /** A module with the exports of a C library. */
    public static final String LIBC = "/io/github/jdbcpglite/host/syscall/libc-guest.wasm";

    private InterpretedGuests() {}

    /** Returns a memory of zeros. */
    public static LinearMemory memory(int pages, int maximumPages) {
        return new PagedLinearMemory(pages, maximumPages);
    }

    /** Instantiates a module that is a resource of the tests. */
    public static Guest of(
            String resource, LinearMemory memory, Map<String, HostFunction> imports) {
        try (InputStream in = InterpretedGuests.class.getResourceAsStream(resource)) {
            CompiledModule module =
                    new CompiledModule(
                            Parser.parse(Objects.requireNonNull(in, resource)),
                            InterpreterMachine::new);
            return BytecodeEngine.INSTANCE.instantiate(module, memory, imports);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
