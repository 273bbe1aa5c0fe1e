package io.github.jdbcpglite.postgres.internal.boot;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jdbcpglite.engine.LinearMemory;
import io.github.jdbcpglite.engine.MemoryAccount;
import java.lang.reflect.Proxy;
import java.util.BitSet;
import org.junit.jupiter.api.Test;

/** What one process writes, the next ones have in advance, within what every process may have. */
class FirstWritesTest {
    private static final int UNITS_OF_A_PAGE = 4;
    private static final int MOST = MemoryAccount.START_PAGES * UNITS_OF_A_PAGE;

    private final FirstWrites writes = new FirstWrites();
    private final BitSet copied = new BitSet();

    private LinearMemory memory(int first, int end) {
        BitSet own = new BitSet();
        own.set(first, end);
        return (LinearMemory)
                Proxy.newProxyInstance(
                        getClass().getClassLoader(),
                        new Class<?>[] {LinearMemory.class},
                        (proxy, method, args) ->
                                switch (method.getName()) {
                                    case "ownUnits" -> own;
                                    case "unitBytes" -> LinearMemory.PAGE_SIZE / UNITS_OF_A_PAGE;
                                    case "makeOwn" -> copy((BitSet) args[0]);
                                    default -> throw new AssertionError(method);
                                });
    }

    private Object copy(BitSet units) {
        copied.or(units);
        return units;
    }

    private BitSet copied() {
        writes.copyIn(memory(0, 0));
        return copied;
    }

    @Test
    void nothingIsKnownAtFirst() {
        assertThat(copied().isEmpty()).isTrue();
    }

    @Test
    void theFirstProcessTellsWhatIsWritten() {
        writes.learn(memory(10, 15));
        writes.learn(memory(20, 25));
        assertThat(copied().stream()).containsExactly(10, 11, 12, 13, 14);
    }

    @Test
    void noMoreIsCopiedThanEveryProcessMayHave() {
        writes.learn(memory(10, 10 + 2 * MOST));
        assertThat(copied().nextSetBit(0)).isEqualTo(10);
        assertThat(copied().cardinality()).isEqualTo(MOST);
    }
}
