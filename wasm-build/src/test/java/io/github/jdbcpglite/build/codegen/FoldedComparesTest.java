package io.github.jdbcpglite.build.codegen;

import static io.github.jdbcpglite.build.codegen.TestJvm.OUT;
import static org.assertj.core.api.Assertions.assertThat;

import com.dylibso.chicory.runtime.ExportFunction;
import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.wasm.types.OpCode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Two questions about one number, the answers to both of which have always been the same, until
 * they are not: C2 makes one comparison of the two and may leave its code with the first question's
 * outcome (JDK-8376400). Each way to such a pair that was found has an entry here.
 *
 * <p>Every function asks {@code n}: is it below, is it above? It gives 7000 + n, 9000 + n or 1.
 */
final class FoldedComparesTest {
    private static final int DEADLINE_SECONDS = 300;
    private static final int CALLS = 20_000;
    private static final int SELDOM = 16;

    /** Numbers for which everything is as usual lie from here to {@link #USUAL_END}. */
    private static final int USUAL = 11;

    private static final int USUAL_END = 15;
    private static final int[] SURPRISES = {
        -1, 0, 5, 10, 200, Integer.MIN_VALUE, Integer.MAX_VALUE
    };

    @ParameterizedTest
    @ValueSource(strings = {"-XX:+TieredCompilation", "-Xbatch", "-Xbatch -XX:-TieredCompilation"})
    void answerWhatWasAskedLast(String options, @TempDir Path directory) throws Exception {
        String output =
                TestJvm.run(
                        directory,
                        DEADLINE_SECONDS,
                        List.of(options.split(" ")),
                        FoldedComparesTest.class);
        assertThat(output).isEqualTo("done\n");
    }

    /**
     * Calls before the questions.
     *
     * @param seldom of how many calls one is not with the first of the arguments
     */
    private record Mixed(String name, int seldom, List<long[]> arguments) {
        void call(Instance instance) {
            ExportFunction function = instance.export(name);
            for (int i = 0; i < CALLS; i++) {
                int other = 1 + i / seldom % (arguments.size() - 1);
                function.apply(arguments.get(i % seldom == 0 ? other : 0));
            }
        }
    }

    /** A module in which each form has a function for each surprise. */
    private static final class Forms {
        final WasmBuilder wasm = new WasmBuilder();

        /** Functions that see both outcomes before, as they would in a program of some size. */
        final List<Mixed> mixed = new ArrayList<>();

        final List<String> names = new ArrayList<>();

        /** Adds a function that answers 1 if a comparison holds, else 0, by a jump. */
        int jumping(String name, String signature, OpCode comparison, WasmBuilder.Body operands) {
            operands.op(comparison).block(OpCode.IF, "").i32(1).op(OpCode.RETURN).end().i32(0);
            return wasm.export(name, signature, "", operands);
        }

        void mix(String name, long[] often, long[] seldom) {
            mixed.add(new Mixed(name, SELDOM, List.of(often, seldom)));
        }

        /** Adds the function that asks both, once for each surprise. */
        void ask(String name, WasmBuilder.Body below, WasmBuilder.Body above) {
            for (int surprise : SURPRISES) {
                WasmBuilder.Body body = WasmBuilder.body();
                body.raw(below.toBytes()).block(OpCode.IF, "");
                body.get(0).i32(7000).op(OpCode.I32_ADD).op(OpCode.RETURN).end();
                body.raw(above.toBytes()).block(OpCode.IF, "");
                body.get(0).i32(9000).op(OpCode.I32_ADD).op(OpCode.RETURN).end();
                names.add(name + " " + surprise);
                wasm.export(name + " " + surprise, "I:I", "I", body.i32(1));
            }
        }
    }

    private static WasmBuilder.Body body() {
        return WasmBuilder.body();
    }

    /** Prints each surprise that was answered wrongly, and at the end that it is done. */
    public static void main(String[] arguments) {
        Forms forms = new Forms();
        constants(forms);
        variables(forms);
        longs(forms);
        switches(forms);
        Instance expected = Guests.interpreted(forms.wasm.parse(), Guests.noImports());
        Instance actual = Guests.generated(forms.wasm.parse(), Guests.noImports());
        forms.mixed.forEach(mixed -> mixed.call(actual));
        for (String name : forms.names) {
            ExportFunction function = actual.export(name);
            for (int i = 0; i < CALLS; i++) {
                function.apply(USUAL + i % (USUAL_END - USUAL));
            }
            long surprise = Long.parseLong(name.substring(name.lastIndexOf(' ') + 1));
            long answer = function.apply(surprise)[0];
            long right = expected.export(name).apply(surprise)[0];
            if ((int) answer != (int) right) {
                OUT.print(name + " is answered " + (int) answer + " and not " + (int) right + "\n");
            }
        }
        OUT.print("done\n");
    }

    private static void constants(Forms forms) {
        for (String sign : List.of("S", "U")) {
            OpCode less = OpCode.valueOf("I32_LT_" + sign);
            OpCode greater = OpCode.valueOf("I32_GT_" + sign);
            // The flag of a comparison that the function itself makes.
            forms.ask(
                    "flag " + sign,
                    body().get(0).i32(10).op(less).op(OpCode.LOCAL_TEE, 1),
                    body().get(0).i32(20).op(greater));
            int below = forms.jumping("< 10 " + sign, "I:I", less, body().get(0).i32(10));
            int above = forms.jumping("> 20 " + sign, "I:I", greater, body().get(0).i32(20));
            forms.mix("< 10 " + sign, new long[] {12}, new long[] {1});
            forms.mix("> 20 " + sign, new long[] {12}, new long[] {30});
            forms.ask(
                    "called " + sign,
                    body().get(0).op(OpCode.CALL, below),
                    body().get(0).op(OpCode.CALL, above));
        }
        // Both with zero, which costs no subtraction; asked of n - 12, so that 12 alone is usual.
        int negative = forms.jumping("negative", "I:I", OpCode.I32_LT_S, body().get(0).i32(0));
        int positive = forms.jumping("positive", "I:I", OpCode.I32_GT_S, body().get(0).i32(0));
        forms.mix("negative", new long[] {0}, new long[] {-1});
        forms.mix("positive", new long[] {0}, new long[] {1});
        WasmBuilder.Body quarter = body().get(0).i32(4).op(OpCode.I32_SHR_S);
        forms.ask(
                "zero",
                body().raw(quarter.toBytes()).op(OpCode.CALL, negative),
                body().raw(quarter.toBytes()).op(OpCode.CALL, positive));
    }

    private static void variables(Forms forms) {
        for (String sign : List.of("S", "U")) {
            String less = "less " + sign;
            String greater = "greater " + sign;
            WasmBuilder.Body both = body().get(0).get(1);
            int below = forms.jumping(less, "II:I", OpCode.valueOf("I32_LT_" + sign), both);
            both = body().get(0).get(1);
            int above = forms.jumping(greater, "II:I", OpCode.valueOf("I32_GT_" + sign), both);
            forms.mix(less, new long[] {12, 10}, new long[] {1, 10});
            forms.mix(greater, new long[] {12, 20}, new long[] {30, 20});
            // A constant once the function is inlined.
            forms.ask(
                    "inlined " + sign,
                    body().get(0).i32(10).op(OpCode.CALL, below),
                    body().get(0).i32(20).op(OpCode.CALL, above));
            // Of which C2 knows that one is below 8 and the other above 15.
            WasmBuilder.Body small = body().get(0).i32(7).op(OpCode.I32_AND);
            WasmBuilder.Body large = body().raw(small.toBytes()).i32(16).op(OpCode.I32_ADD);
            forms.ask(
                    "ranges " + sign,
                    body().get(0).raw(small.toBytes()).op(OpCode.CALL, below),
                    body().get(0).raw(large.toBytes()).op(OpCode.CALL, above));
        }
    }

    private static void longs(Forms forms) {
        for (String extension : List.of("S", "U")) {
            OpCode extend = OpCode.valueOf("I64_EXTEND_I32_" + extension);
            String less = "less long " + extension;
            String greater = "greater long " + extension;
            int below = forms.jumping(less, "JJ:I", OpCode.I64_LT_S, body().get(0).get(1));
            int above = forms.jumping(greater, "JJ:I", OpCode.I64_GT_S, body().get(0).get(1));
            forms.mix(less, new long[] {12, 10}, new long[] {1, 10});
            forms.mix(greater, new long[] {12, 20}, new long[] {30, 20});
            forms.ask(
                    "long " + extension,
                    body().get(0).op(extend).i64(10).op(OpCode.CALL, below),
                    body().get(0).op(extend).i64(20).op(OpCode.CALL, above));
            forms.ask(
                    "long flag " + extension,
                    body().get(0).op(extend).i64(10).op(OpCode.I64_LT_S).op(OpCode.LOCAL_TEE, 1),
                    body().get(0).op(extend).i64(20).op(OpCode.I64_GT_S));
        }
    }

    /** Adds a function that answers 2 for 0 and 1, 1 for 2 to 5, and 3 otherwise. */
    private static int kind(Forms forms, String name, int seldom) {
        WasmBuilder.Body body = body().block(OpCode.BLOCK, "").block(OpCode.BLOCK, "");
        body.block(OpCode.BLOCK, "").get(0);
        body.op(OpCode.BR_TABLE, 6, 0, 0, 1, 1, 1, 1, 2).end();
        body.i32(2).op(OpCode.RETURN).end().i32(1).op(OpCode.RETURN).end().i32(3);
        List<long[]> arguments = List.of(new long[] {30}, new long[] {1}, new long[] {2});
        forms.mixed.add(new Mixed(name, seldom, arguments));
        return forms.wasm.export(name, "I:I", "", body);
    }

    /** So few cases that C2 makes comparisons of them, in an order that depends on the profile. */
    private static void switches(Forms forms) {
        for (int seldom : new int[] {2, 4}) {
            int kind = kind(forms, "kind seldom " + seldom, seldom);
            WasmBuilder.Body ask = body().get(0).i32(9).op(OpCode.I32_SUB);
            ask.i32(255).op(OpCode.I32_AND).op(OpCode.CALL, kind).op(OpCode.LOCAL_TEE, 1);
            for (int first = 2; first <= 3; first++) {
                forms.ask(
                        "switch " + seldom + " for " + first,
                        body().raw(ask.toBytes()).i32(first).op(OpCode.I32_EQ),
                        body().get(1).i32(5 - first).op(OpCode.I32_EQ));
            }
        }
    }
}
