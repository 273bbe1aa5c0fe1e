package io.github.jdbcpglite.build.codegen;

import static org.assertj.core.api.Assertions.assertThat;

import com.dylibso.chicory.runtime.Instance;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Random functions give what Chicory's interpreter gives, in results, traps and memory. */
final class RandomProgramsTest {
    private static final int PROGRAMS = Integer.getInteger("codegen.programs", 600);
    private static final long FIRST_SEED = Long.getLong("codegen.seed", 1);
    private static final int FUNCTIONS_PER_MODULE = 20;
    private static final int PAGES = 4;
    private static final long[][] ARGUMENTS = {
        {0, 0, 0, 0},
        {1, -1, Float.floatToRawIntBits(1.5f), Double.doubleToRawLongBits(-2.25)},
        {-77, 1L << 40, Float.floatToRawIntBits(-0.0f), Double.doubleToRawLongBits(1e10)},
        {65533, 3, 0x7FC00000, 0x7FF8000000000000L}
    };

    @Test
    void agreeWithTheInterpreter() {
        for (int first = 0; first < PROGRAMS; first += FUNCTIONS_PER_MODULE) {
            compare(FIRST_SEED + first);
        }
    }

    private static void compare(long firstSeed) {
        WasmBuilder wasm = new WasmBuilder().memory(PAGES, PAGES);
        for (int i = 0; i < FUNCTIONS_PER_MODULE; i++) {
            char result = "IJFD".charAt((int) ((firstSeed + i) % 4));
            wasm.export(
                    "f" + i,
                    RandomPrograms.PARAMETERS + ":" + result,
                    RandomPrograms.LOCALS,
                    RandomPrograms.create(firstSeed + i, result));
        }
        Instance expected = Guests.interpreted(wasm.parse(), Guests.noImports());
        Instance actual = Guests.generated(wasm.parse(), Guests.noImports());
        for (int i = 0; i < FUNCTIONS_PER_MODULE; i++) {
            String result = String.valueOf("IJFD".charAt((int) ((firstSeed + i) % 4)));
            for (long[] arguments : ARGUMENTS) {
                String name = "seed " + (firstSeed + i) + " of " + Arrays.toString(arguments);
                String wanted = Guests.outcome(expected, "f" + i, result, arguments);
                assertThat(Guests.outcome(actual, "f" + i, result, arguments))
                        .as(name)
                        .isEqualTo(wanted);
                assertThat(Arrays.mismatch(memory(actual), memory(expected)))
                        .as("memory of " + name)
                        .isEqualTo(-1);
            }
        }
    }

    private static byte[] memory(Instance instance) {
        return instance.memory().readBytes(0, PAGES * 65536);
    }
}
