package io.github.jdbcpglite.postgres.internal.distribution;

import io.github.jdbcpglite.engine.Engine;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;

/**
 * A value made for an engine when first asked for, once; a failure is not kept. Thread-safe.
 *
 * @param <T> its type
 */
final class PerEngine<T> {
    private final Function<Engine, T> maker;

    // Guarded by this.
    private final Map<Engine, T> made = new HashMap<>();

    PerEngine(Function<Engine, T> maker) {
        this.maker = maker;
    }

    synchronized T get(Engine engine) {
        T value = made.get(engine);
        if (value == null) {
            value = maker.apply(engine);
            made.put(engine, value);
        }
        return value;
    }
}
