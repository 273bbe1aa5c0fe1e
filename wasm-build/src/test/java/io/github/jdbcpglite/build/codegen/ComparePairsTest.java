package io.github.jdbcpglite.build.codegen;

import static org.assertj.core.api.Assertions.assertThat;

import com.dylibso.chicory.runtime.ExportFunction;
import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.wasm.types.OpCode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Two comparisons of the same operands, one after the other, as conditions of the same jump: C2
 * merges two such conditions into one. Called so often that C2 has its turn.
 */
final class ComparePairsTest {
    private static final int ROUNDS = 400;
    private static final long[] VALUES = {
        -3, 256, 0, 5, -1, Integer.MIN_VALUE, Integer.MAX_VALUE, 7
    };

    private static List<OpCode> comparisons(String prefix) {
        return Stream.of(OpCode.values())
                .filter(op -> op.name().matches(prefix + "_(EQ|NE|[LG][TE]_[SU])"))
                .toList();
    }

    private static WasmBuilder.Body operands(WasmBuilder.Body body, boolean swapped) {
        return swapped ? body.get(1).get(0) : body.get(0).get(1);
    }

    /** Returns a function that tells whether one of the two holds, or whether both do. */
    private static WasmBuilder.Body pair(OpCode first, OpCode second, boolean swapped, boolean or) {
        WasmBuilder.Body body = operands(WasmBuilder.body().block(OpCode.BLOCK, ""), false);
        body.op(first);
        if (!or) {
            body.op(OpCode.I32_EQZ);
        }
        operands(body.op(OpCode.BR_IF, 0), swapped).op(second);
        if (!or) {
            body.op(OpCode.I32_EQZ);
        }
        return body.op(OpCode.BR_IF, 0).i32(11).op(OpCode.RETURN).end().i32(22);
    }

    @ParameterizedTest
    @ValueSource(strings = {"I32", "I64"})
    void eachComparisonKeepsItsMeaning(String prefix) {
        WasmBuilder wasm = new WasmBuilder();
        String signature = prefix.equals("I32") ? "II:I" : "JJ:I";
        List<String> names = new ArrayList<>();
        for (OpCode first : comparisons(prefix)) {
            for (OpCode second : comparisons(prefix)) {
                for (int form = 0; form < 4; form++) {
                    String name = first + " " + second + " form " + form;
                    names.add(name);
                    wasm.export(name, signature, "", pair(first, second, form % 2 == 1, form >= 2));
                }
            }
        }
        Instance expected = Guests.interpreted(wasm.parse(), Guests.noImports());
        Instance actual = Guests.generated(wasm.parse(), Guests.noImports());
        List<ExportFunction> functions = names.stream().map(actual::export).toList();
        List<long[]> right = names.stream().map(name -> outcomes(expected.export(name))).toList();
        for (int round = 0; round < ROUNDS; round++) {
            for (int i = 0; i < names.size(); i++) {
                long[] given = outcomes(functions.get(i));
                if (!Arrays.equals(given, right.get(i))) { // an assertion each time would be slow
                    assertThat(given).as(names.get(i) + ", round " + round).isEqualTo(right.get(i));
                }
            }
        }
    }

    private static long[] outcomes(ExportFunction function) {
        long[] outcomes = new long[VALUES.length * VALUES.length];
        for (int i = 0; i < outcomes.length; i++) {
            long one = VALUES[i / VALUES.length];
            outcomes[i] = function.apply(one, VALUES[i % VALUES.length])[0];
        }
        return outcomes;
    }
}
