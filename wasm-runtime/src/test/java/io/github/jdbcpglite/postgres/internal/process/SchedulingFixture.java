package io.github.jdbcpglite.postgres.internal.process;

import com.dylibso.chicory.runtime.InterpreterMachine;
import com.dylibso.chicory.wasm.Parser;
import com.dylibso.chicory.wasm.types.MemoryLimits;
import io.github.jdbcpglite.engine.bytecode.memory.PagedLinearMemory;
import io.github.jdbcpglite.host.CompiledModule;
import io.github.jdbcpglite.host.GuestInstance;
import io.github.jdbcpglite.postgres.channel.DuplexChannel;
import io.github.jdbcpglite.postgres.channel.ServerEnd;
import io.github.jdbcpglite.postgres.internal.binary.PgSymbols;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Objects;

/** Backends whose guest has PostgreSQL's variables, all zero, and no code that runs. */
public final class SchedulingFixture {
    private static final String MODULE = "/io/github/jdbcpglite/host/syscall/libc-guest.wasm";

    /** Reaches beyond the last of {@link PgSymbols}. */
    private static final int WASM_PAGES = 64;

    private final ClusterCounters counters = new ClusterCounters();
    public final GiantLock lock = new GiantLock(counters);
    final Ticker ticker = new Ticker("ticker-test", lock, running -> {}, () -> {});

    /** Makes a backend without an instance. */
    Backend backend(int pid) {
        return backend(pid, new DuplexChannel().server());
    }

    /** Makes a backend without an instance for a client. */
    Backend backend(int pid, ServerEnd channel) {
        return new Backend(pid, pid, channel, lock, ticker, counters);
    }

    /** Makes a backend of the calling thread. */
    public Backend bound(int pid) {
        Backend backend = backend(pid);
        backend.bind(guest());
        return backend;
    }

    /** Makes an instance. */
    public static GuestInstance guest() {
        try (InputStream module = SchedulingFixture.class.getResourceAsStream(MODULE)) {
            return new GuestInstance(
                    new CompiledModule(
                            Parser.parse(Objects.requireNonNull(module)), InterpreterMachine::new),
                    new PagedLinearMemory(new MemoryLimits(WASM_PAGES, WASM_PAGES)),
                    Map.of());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
