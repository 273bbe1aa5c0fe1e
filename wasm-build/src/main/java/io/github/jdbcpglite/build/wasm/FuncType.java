package io.github.jdbcpglite.build.wasm;

import java.util.List;

/**
 * A function type.
 *
 * @param params types of the parameters, first one first
 * @param results types of the results, first one first
 */
public record FuncType(List<ValType> params, List<ValType> results) {
    /** Copies both lists. */
    public FuncType {
        params = List.copyOf(params);
        results = List.copyOf(results);
    }
}
