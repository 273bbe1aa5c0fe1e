package io.github.jdbcpglite.postgres.internal.distribution;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A value made when first asked for, once; a failure is not kept. Thread-safe. */
final class Lazy<T> {
    private final Supplier<T> supplier;
    private volatile @Nullable T value;

    Lazy(Supplier<T> supplier) {
        this.supplier = supplier;
    }

    T get() {
        T made = value;
        return made != null ? made : make();
    }

    private synchronized T make() {
        T made = value;
        if (made == null) {
            made = supplier.get();
            value = made;
        }
        return made;
    }
}
