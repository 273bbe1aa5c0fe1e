package io.github.jdbcpglite.postgres.internal.process;

import io.github.jdbcpglite.engine.Guest;
import io.github.jdbcpglite.engine.HostFunction;
import io.github.jdbcpglite.host.process.HostFunctionTable;
import org.jspecify.annotations.Nullable;

/**
 * The host calls of {@link BackendCalls} for an instance that is made before it is known which
 * backend it becomes. Confined to the instance's thread.
 */
public final class LateCalls {
    private @Nullable BackendCalls calls;

    /** Makes calls that belong to no process yet. */
    public LateCalls() {}

    /** Makes calls that are bound already. */
    public LateCalls(BackendCalls calls) {
        this.calls = calls;
    }

    /** Lets the instance be a backend from now on. */
    public void bind(BackendCalls value) {
        calls = value;
    }

    /** Returns what the calls are bound to. */
    public BackendCalls bound() {
        BackendCalls bound = calls;
        if (bound == null) {
            throw new IllegalStateException("the instance is no backend yet");
        }
        return bound;
    }

    /** Adds the host functions to a process's. */
    public void register(HostFunctionTable table) {
        for (String name : BackendCalls.OWN) {
            table.add(name, new Call(this, name));
        }
        for (String name : BackendCalls.REPLACED) {
            table.wrap(name, single -> new Call(this, name));
        }
    }

    /** One class, and not a lambda for each function, because the start of a JVM pays for each. */
    private record Call(LateCalls owner, String name) implements HostFunction {
        @Override
        public long call(Guest caller, long[] args) {
            return owner.bound().call(name, args);
        }
    }
}
