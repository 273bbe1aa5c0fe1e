package io.github.jdbcpglite.build.outline;

import io.github.jdbcpglite.build.wasm.ValType;
import java.util.List;

/** What a branch names: a block, a loop or the whole function. Compared by identity. */
final class Label {
    private final List<ValType> carried;

    Label(List<ValType> carried) {
        this.carried = List.copyOf(carried);
    }

    /** Returns the types of the values that a branch to this label takes along. */
    List<ValType> carried() {
        return carried;
    }
}
