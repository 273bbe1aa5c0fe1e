package io.github.jdbcpglite.build.codegen;

import com.dylibso.chicory.runtime.ExportFunction;
import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.wasm.ChicoryException;
import com.dylibso.chicory.wasm.types.OpCode;
import io.github.jdbcpglite.engine.Trap;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import javax.management.JMException;

/**
 * The program of a JVM in which generated functions are compiled by C2 while some of their branches
 * have never been taken, and then take them: prints each answer that is not the interpreter's.
 */
final class SurprisedFunctions {
    /** A module has so many functions, or a few more. */
    private static final int FUNCTIONS_PER_MODULE = 400;

    /** Calls in a pass. Thresholds are a tenth of HotSpot's usual ones (options of the JVM). */
    private static final int CALLS = 1300;

    /** Where compilers work beside the program, calls are made before they count. */
    private static final int MAX_PASSES = 12;

    /** One call in so many has the other outcome: if both are usual, C2 makes no branch. */
    private static final int SELDOM = 16;

    /** Different usual arguments of a function. */
    private static final int USUAL = 1000;

    private int functions;
    private long compiled;
    private int wrong;

    private SurprisedFunctions() {}

    /** Takes {@code shapes} or {@code programs}, how many functions to try, and a seed. */
    public static void main(String[] arguments) throws JMException {
        boolean shapes = arguments[0].equals("shapes");
        int count = Integer.parseInt(arguments[1]);
        Random random = new Random(Long.parseLong(arguments[2]));
        SurprisedFunctions search = new SurprisedFunctions();
        mixComparisons();
        for (int batch = 0; search.functions < count; batch++) {
            SurpriseModule module = new SurpriseModule();
            int size = Math.min(FUNCTIONS_PER_MODULE, count - search.functions);
            while (module.surprises.size() < size) {
                if (shapes) {
                    addShape(module, random);
                } else {
                    addProgram(module, random);
                }
            }
            search.tryAll(module, batch);
        }
        TestJvm.OUT.println(
                search.functions
                        + " functions, "
                        + search.compiled
                        + " compiled, "
                        + search.wrong
                        + " wrong answers");
    }

    /** Lets the functions that make comparisons numbers see both outcomes, one of them seldom. */
    private static void mixComparisons() {
        SurpriseModule module = new SurpriseModule();
        for (char type : "IJFD".toCharArray()) {
            long low = Comparisons.bits(type, 1);
            long high = Comparisons.bits(type, 2);
            List<long[]> pairs =
                    List.of(new long[] {low, low}, new long[] {low, high}, new long[] {high, low});
            for (OpCode comparison : Comparisons.of(type)) {
                // It returns another number, or else the jump would need none.
                WasmBuilder.Body body =
                        WasmBuilder.body().get(0).get(1).op(comparison).i32(7).op(OpCode.I32_XOR);
                module.mixed(
                        comparison.name(),
                        "" + type + type + ":I",
                        body,
                        pair(pairs, type, comparison, true),
                        pair(pairs, type, comparison, false));
            }
        }
        callMixed(module, Guests.generated(module.wasm.parse(), Guests.noImports()));
    }

    private static long[] pair(List<long[]> pairs, char type, OpCode comparison, boolean holds) {
        return pairs.stream()
                .filter(pair -> Comparisons.holds(type, comparison, pair[0], pair[1]) == holds)
                .findFirst()
                .orElseThrow();
    }

    private static void callMixed(SurpriseModule module, Instance instance) {
        for (SurpriseModule.Mixed mixed : module.mixed) {
            ExportFunction function = instance.export(mixed.function());
            for (int i = 0; i < 2 * CALLS; i++) {
                function.apply(i % SELDOM == 0 ? mixed.seldom() : mixed.often());
            }
        }
    }

    private static void addShape(SurpriseModule module, Random random) {
        ComparisonShape shape = ComparisonShape.any(random);
        List<long[]> usual =
                IntStream.range(0, USUAL)
                        .mapToObj(i -> shape.arguments(ComparisonShape.usual(shape.type(), i)))
                        .toList();
        for (long value : ComparisonShape.unusual(shape.type())) {
            if (shape.surprises(value)) {
                module.surprise(
                        module.surprises.size() + ": " + shape + " of " + value,
                        shape.signature(),
                        ComparisonShape.LOCALS,
                        shape.body(module),
                        usual,
                        shape.arguments(value));
            }
        }
    }

    private static void addProgram(SurpriseModule module, Random random) {
        int[] comparisons = new int[4];
        for (int i = 0; i < comparisons.length; i++) {
            comparisons[i] = ComparisonShape.anyCallee(module, random);
        }
        long seed = random.nextLong();
        char result = "IJFD".charAt(random.nextInt(4));
        List<long[]> usual =
                IntStream.range(0, USUAL).mapToObj(SurprisedFunctions::programArguments).toList();
        for (long value : ComparisonShape.unusual('I')) {
            long[] unusual = programArguments(0);
            unusual[0] = value;
            module.surprise(
                    module.surprises.size() + ": program " + seed,
                    RandomPrograms.PARAMETERS + ":" + result,
                    RandomPrograms.LOCALS,
                    RandomPrograms.createAboutFirst(seed, result, comparisons),
                    usual,
                    unusual);
        }
    }

    private static long[] programArguments(int i) {
        return new long[] {
            ComparisonShape.usual('I', i), 3, Comparisons.bits('F', 1.5), Comparisons.bits('D', i)
        };
    }

    private void tryAll(SurpriseModule module, int batch) throws JMException {
        String classes = "generated.batch" + batch + ".";
        Instance expected = Guests.interpreted(module.wasm.parse(), Guests.noImports());
        Instance actual =
                Guests.generated(
                        module.wasm.parse(),
                        Guests.noImports(),
                        CodeGeneratorOptions.of(classes + "Machine"));
        callMixed(module, actual);
        functions += module.surprises.size();
        compiled += train(module, actual, classes + "Functions");
        for (Surprise surprise : module.surprises) {
            expected.memory().write(0, memory(actual));
            compare(surprise, expected, actual, surprise.unusual());
            compare(surprise, expected, actual, surprise.usual().get(0));
        }
    }

    /** Calls the functions until no more of them are compiled; returns how many are. */
    private static long train(SurpriseModule module, Instance instance, String classes)
            throws JMException {
        long compiled = -1;
        for (int pass = 0; pass < MAX_PASSES; pass++) {
            for (Surprise surprise : module.surprises) {
                call(instance.export(surprise.name()), surprise.usual());
            }
            Compilers.awaitIdle();
            long before = compiled;
            compiled = Compilers.compiledByC2(classes);
            if (compiled == before || compiled >= module.surprises.size() + module.mixed.size()) {
                break;
            }
        }
        return compiled;
    }

    private static void call(ExportFunction function, List<long[]> usual) {
        for (int i = 0; i < CALLS; i++) {
            try {
                function.apply(usual.get(i % usual.size()));
            } catch (ChicoryException | Trap e) {
                // It may trap as well as return; what it does then is compared in the end.
            }
        }
    }

    private void compare(Surprise surprise, Instance expected, Instance actual, long[] arguments) {
        String right = Guests.outcome(expected, surprise.name(), surprise.results(), arguments);
        String given = Guests.outcome(actual, surprise.name(), surprise.results(), arguments);
        if (!given.equals(right) || !Arrays.equals(memory(actual), memory(expected))) {
            wrong++;
            TestJvm.OUT.println(
                    "wrong: "
                            + surprise.name()
                            + Arrays.toString(arguments)
                            + ": "
                            + given
                            + ", not "
                            + right);
        }
    }

    private static byte[] memory(Instance instance) {
        return instance.memory().readBytes(0, SurpriseModule.PAGES * 65536);
    }
}
