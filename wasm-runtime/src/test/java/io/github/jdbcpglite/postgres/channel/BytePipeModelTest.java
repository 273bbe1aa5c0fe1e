package io.github.jdbcpglite.postgres.channel;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jetbrains.kotlinx.lincheck.Actor;
import org.jetbrains.kotlinx.lincheck.LinChecker;
import org.jetbrains.kotlinx.lincheck.annotations.Operation;
import org.jetbrains.kotlinx.lincheck.execution.ExecutionScenario;
import org.jetbrains.kotlinx.lincheck.strategy.managed.modelchecking.ModelCheckingOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A pipe under interleavings that a model checker chooses: whatever a reader and a writer see at
 * once, they could also have seen one after the other.
 */
@Timeout(value = 240, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class BytePipeModelTest {
    private static final int INTERLEAVINGS = 150;

    @Test
    void bytesComeInOrderAndBeforeTheEnd() {
        LinChecker.check(
                PipeOperations.class,
                new ModelCheckingOptions()
                        .iterations(0)
                        .invocationsPerIteration(INTERLEAVINGS)
                        .addCustomScenario(
                                scenario(List.of(write(3), close()), List.of(read(2), read(3))))
                        .addCustomScenario(
                                scenario(List.of(write(1), write(2)), List.of(read(1), read(2)))));
    }

    private static ExecutionScenario scenario(List<Actor> writer, List<Actor> reader) {
        return new ExecutionScenario(List.of(), List.of(writer, reader), List.of(), null);
    }

    private static Actor write(int count) {
        return new Actor(method("write", int.class), List.of(count));
    }

    private static Actor read(int count) {
        return new Actor(method("read", int.class), List.of(count));
    }

    private static Actor close() {
        return new Actor(method("close"), List.of());
    }

    private static Method method(String name, Class<?>... parameters) {
        try {
            return PipeOperations.class.getMethod(name, parameters);
        } catch (NoSuchMethodException e) {
            throw new AssertionError(e);
        }
    }

    /**
     * What the two sides do with a pipe that has room for all they write: how short a write is
     * where there is less depends on when it looked. The checker makes one for each run.
     */
    public static final class PipeOperations {
        private final BytePipe pipe = new BytePipe(4);
        private byte next;

        /** Writes the next bytes. */
        @Operation(nonParallelGroup = "writer")
        public int write(int count) {
            byte[] bytes = new byte[count];
            for (int i = 0; i < count; i++) {
                bytes[i] = (byte) (next + i);
            }
            int written = pipe.writeNow(bytes, 0, count);
            next += (byte) Math.max(0, written);
            return written;
        }

        /** Reads what is there. */
        @Operation(nonParallelGroup = "reader")
        public String read(int count) {
            byte[] bytes = new byte[count];
            int read = pipe.readNow(bytes, 0, count);
            return read < 0 ? "end" : Arrays.toString(Arrays.copyOf(bytes, read));
        }

        /** Ends the writer's side. */
        @Operation(nonParallelGroup = "writer")
        public void close() {
            pipe.closeWriter();
        }
    }
}
