package io.github.jdbcpglite.benchmarks;

import io.github.jdbcpglite.engine.bytecode.memory.PagedLinearMemory;
import io.github.jdbcpglite.postgres.channel.BytePipe;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Linear memory and pipe, without a guest. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
public class MemoryBenchmark {
    private static final int SPAN = 1 << 20;

    private final PagedLinearMemory memory = new PagedLinearMemory(32, 32);
    private final BytePipe pipe = new BytePipe(BytePipe.DEFAULT_CAPACITY);
    private final byte[] message = new byte[64];

    /** Stores and loads 1,024 words a page apart and within. */
    @Benchmark
    public int storesAndLoads() {
        int sum = 0;
        for (int at = 0; at < SPAN; at += 1024) {
            memory.putInt(at, at);
            sum += memory.getInt(at ^ 512);
        }
        return sum;
    }

    /** A message of 64 bytes through a pipe, by one thread. */
    @Benchmark
    public int pipe() throws IOException {
        pipe.write(message, 0, message.length, BytePipe.NO_DEADLINE);
        return pipe.read(message, 0, message.length, BytePipe.NO_DEADLINE);
    }
}
