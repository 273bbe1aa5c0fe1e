package io.github.jdbcpglite.postgres.internal.process;

import io.github.jdbcpglite.host.HostFunction;
import java.util.HashMap;
import java.util.Map;
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

    /** Returns the host functions by import name; the map may be changed. */
    public Map<String, HostFunction> functions() {
        Map<String, HostFunction> functions = new HashMap<>();
        for (String name : BackendCalls.NAMES) {
            functions.put(name, new Call(this, name));
        }
        return functions;
    }

    /** One class, and not a lambda for each function, because the start of a JVM pays for each. */
    private record Call(LateCalls owner, String name) implements HostFunction {
        @Override
        public long call(long[] args) {
            return owner.bound().call(name, args);
        }
    }
}
