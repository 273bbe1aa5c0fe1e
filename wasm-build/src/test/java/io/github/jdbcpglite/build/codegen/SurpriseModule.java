package io.github.jdbcpglite.build.codegen;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Functions of one module and what surprises each. Every surprise has a function of its own: the
 * first trap of a compiled function is followed by another compilation, which knows more.
 */
final class SurpriseModule {
    /** All that a function of {@link RandomPrograms} reaches. */
    static final int PAGES = 4;

    final WasmBuilder wasm = new WasmBuilder().memory(PAGES, PAGES);

    /** Functions that others call and that are to see both outcomes before, one of them seldom. */
    final List<Mixed> mixed = new ArrayList<>();

    final List<Surprise> surprises = new ArrayList<>();
    private final Map<String, Integer> indexes = new HashMap<>();

    /** An exported function, arguments for one outcome, and arguments for the other. */
    record Mixed(String function, long[] often, long[] seldom) {}

    /** Adds and exports a function of that kind, unless there is one of the name; its index. */
    int mixed(String name, String signature, WasmBuilder.Body body, long[] often, long[] seldom) {
        return indexes.computeIfAbsent(
                name,
                absent -> {
                    mixed.add(new Mixed(name, often, seldom));
                    return wasm.export(name, signature, "", body);
                });
    }

    /** Adds and exports a function and what surprises it. */
    void surprise(
            String name,
            String signature,
            String locals,
            WasmBuilder.Body body,
            List<long[]> usual,
            long[] unusual) {
        wasm.export(name, signature, locals, body);
        String results = signature.substring(signature.indexOf(':') + 1);
        surprises.add(new Surprise(name, results, usual, unusual));
    }
}
