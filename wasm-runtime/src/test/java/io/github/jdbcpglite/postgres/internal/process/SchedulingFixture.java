package io.github.jdbcpglite.postgres.internal.process;

import io.github.jdbcpglite.engine.Guest;
import io.github.jdbcpglite.engine.MemoryLease;
import io.github.jdbcpglite.engine.bytecode.InterpretedGuests;
import io.github.jdbcpglite.postgres.channel.DuplexChannel;
import io.github.jdbcpglite.postgres.channel.ServerEnd;
import io.github.jdbcpglite.postgres.internal.binary.PgBinary;
import java.util.Map;
import java.util.Properties;

/** Backends whose guest has PostgreSQL's variables, all zero, and no code that runs. */
public final class SchedulingFixture {
    /** Reaches beyond the last variable of {@link #BINARY}. */
    private static final int WASM_PAGES = 64;

    /** Each variable has a place of its own, and each field an offset. */
    static final PgBinary BINARY = binary();

    private final ClusterCounters counters = new ClusterCounters();
    public final GiantLock lock = new GiantLock(counters);
    final Ticker ticker = new Ticker("ticker-test", lock, running -> {}, () -> {});

    private static PgBinary binary() {
        int[] next = {4096};
        return new PgBinary(
                new Properties() {
                    private static final long serialVersionUID = 1L;

                    @Override
                    public String getProperty(String key) {
                        next[0] += Long.BYTES;
                        return Integer.toString(next[0]);
                    }
                });
    }

    /** Makes a backend without an instance. */
    Backend backend(int pid) {
        return backend(pid, new DuplexChannel().server());
    }

    /** Makes a backend without an instance for a client. */
    Backend backend(int pid, ServerEnd channel) {
        return new Backend(pid, pid, channel, lock, ticker, counters, BINARY);
    }

    /** Makes a backend of the calling thread. */
    public Backend bound(int pid) {
        Backend backend = backend(pid);
        bind(backend, guest());
        return backend;
    }

    /** Lets a backend be that of a guest. */
    static void bind(Backend backend, Guest guest) {
        backend.bind(guest, new MemoryLease(guest.memory()));
    }

    /** Makes an instance. */
    public static Guest guest() {
        return InterpretedGuests.of(
                InterpretedGuests.LIBC, InterpretedGuests.memory(WASM_PAGES, WASM_PAGES), Map.of());
    }
}
