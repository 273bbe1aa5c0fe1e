package io.github.jdbcpglite.build.outline;

import io.github.jdbcpglite.build.wasm.WasmModule;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/** Splits the functions of a module that are too large. */
public final class Outliner {
    /** Trees are walked recursively, and nests of thousands of blocks exist. */
    private static final long STACK_BYTES = 512L << 20;

    /** Upper bound of the size model's bytes for one byte of WebAssembly. */
    private static final int JVM_BYTES_PER_BYTE_MAX = 10;

    /** Room for the exits of a run that is just small enough. */
    private static final int RUN_PERCENT = 90;

    private final WasmModule module;
    private final OutlineOptions options;
    private final ScratchGlobals scratch;
    private final List<OutlineReport.Remaining> remaining = new ArrayList<>();
    private int largest;

    private Outliner(WasmModule module, OutlineOptions options) {
        this.module = module;
        this.options = options;
        this.scratch = new ScratchGlobals(module);
    }

    /**
     * The outcome.
     *
     * @param wasm the new module
     * @param report what was done
     */
    public record Result(byte[] wasm, OutlineReport report) {}

    /**
     * Splits functions until each is small enough or cannot be split.
     *
     * @param wasm a valid module
     * @param options the thresholds
     * @return the new module; every index of the given one means the same in it
     * @throws io.github.jdbcpglite.build.wasm.WasmFormatException if the module cannot be read
     */
    public static Result outline(byte[] wasm, OutlineOptions options) {
        FutureTask<Result> task =
                new FutureTask<>(
                        () -> new Outliner(WasmModule.parse(wasm), options).run(wasm.length));
        Thread thread = new Thread(null, task, "outliner", STACK_BYTES);
        thread.start();
        return join(task);
    }

    private static Result join(FutureTask<Result> task) {
        boolean wasInterrupted = false;
        try {
            while (true) {
                try {
                    return task.get();
                } catch (InterruptedException e) {
                    // The work is bounded; the caller learns of the interrupt afterwards.
                    wasInterrupted = true;
                } catch (ExecutionException e) {
                    if (e.getCause() instanceof RuntimeException cause) {
                        throw cause;
                    }
                    throw new CompletionException(e.getCause());
                }
            }
        } finally {
            if (wasInterrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private Result run(int bytesBefore) {
        int originalCount = module.functionCount();
        int split = 0;
        // The end moves: functions that are added are looked at in turn.
        for (int i = module.importedFunctionCount(); i < module.functionCount(); i++) {
            boolean wasSplit = shrink(i);
            if (wasSplit && i < originalCount) {
                split++;
            }
        }
        byte[] wasm = module.toBytes();
        OutlineReport report =
                new OutlineReport(
                        split,
                        module.functionCount() - originalCount,
                        scratch.count(),
                        bytesBefore,
                        wasm.length,
                        largest,
                        remaining);
        return new Result(wasm, report);
    }

    private boolean shrink(int function) {
        if (module.bodySize(function) * JVM_BYTES_PER_BYTE_MAX <= options.jvmBytesMax()) {
            return false;
        }
        FunctionTree tree = TreeReader.read(module, function);
        int size = JvmSizeModel.of(tree.body());
        if (size <= options.jvmBytesMax()) {
            largest = Math.max(largest, size);
            return false;
        }
        int before = module.functionCount();
        NestPartitioner.partition(module, scratch, tree, options);
        size = moveRuns(tree);
        largest = Math.max(largest, size);
        if (size > options.jvmBytesMax()) {
            remaining.add(new OutlineReport.Remaining(function, size));
        }
        if (module.functionCount() == before) {
            return false;
        }
        module.setBody(function, TreeWriter.write(module, tree));
        return true;
    }

    /** Moves runs until the function is small enough; returns its size. */
    private int moveRuns(FunctionTree tree) {
        int runBytesMax = options.jvmBytesMax() * RUN_PERCENT / 100;
        RunSelector selector = new RunSelector(module, runBytesMax);
        int size = JvmSizeModel.of(tree.body());
        while (size > options.jvmBytesMax()) {
            Liveness live = new Liveness();
            live.analyse(tree.body(), new BitSet());
            RunSelector.Run run = selector.select(tree, live, size - options.jvmBytesMax());
            if (run == null) {
                break;
            }
            RunExtractor.extract(
                    module, scratch, tree, run.nodes(), run.from(), run.to(), live);
            int now = JvmSizeModel.of(tree.body());
            if (now >= size) {
                // The estimate of the saving was wrong; without this, the loop might not end.
                return now;
            }
            size = now;
        }
        return size;
    }
}
