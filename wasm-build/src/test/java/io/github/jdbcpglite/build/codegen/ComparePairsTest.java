package io.github.jdbcpglite.build.codegen;

import static org.assertj.core.api.Assertions.assertThat;

import com.dylibso.chicory.runtime.ExportFunction;
import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.wasm.types.OpCode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two comparisons of the same operands, one after the other, as conditions of the same jump: C2
 * merges two such conditions into one. They run in a JVM that compiles nothing but with C2, and
 * waits for it.
 */
final class ComparePairsTest {
    /** Times the pairs of values: more calls than C2 waits for. */
    private static final int ROUNDS = 250;

    private static final int DEADLINE_SECONDS = 300;
    private static final long[] VALUES = {
        -3, 256, 0, 5, -1, Integer.MIN_VALUE, Integer.MAX_VALUE, 7
    };

    @Test
    void eachComparisonKeepsItsMeaning(@TempDir Path directory) throws Exception {
        String output =
                TestJvm.run(
                        directory,
                        DEADLINE_SECONDS,
                        List.of("-Xbatch", "-XX:-TieredCompilation"),
                        ComparePairsTest.class);
        assertThat(output).isEqualTo("I32 done\nI64 done\n");
    }

    /** Prints each pair that gives a wrong answer, and at the end of each type that it is done. */
    public static void main(String[] arguments) {
        for (char type : new char[] {'I', 'J'}) {
            compare(type);
            TestJvm.OUT.print((type == 'I' ? "I32" : "I64") + " done\n");
        }
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

    private static void compare(char type) {
        WasmBuilder wasm = new WasmBuilder();
        String signature = "" + type + type + ":I";
        List<String> names = new ArrayList<>();
        for (OpCode first : Comparisons.of(type)) {
            for (OpCode second : Comparisons.of(type)) {
                for (int form = 0; form < 4; form++) {
                    String name = first + " " + second + " form " + form;
                    names.add(name);
                    wasm.export(name, signature, "", pair(first, second, form % 2 == 1, form >= 2));
                }
            }
        }
        Instance expected = Guests.interpreted(wasm.parse(), Guests.noImports());
        Instance actual = Guests.generated(wasm.parse(), Guests.noImports());
        for (String name : names) {
            long[] right = outcomes(expected.export(name));
            ExportFunction function = actual.export(name);
            for (int round = 0; round < ROUNDS; round++) {
                if (!Arrays.equals(outcomes(function), right)) {
                    TestJvm.OUT.print(name + " is wrong in round " + round + "\n");
                    break;
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
