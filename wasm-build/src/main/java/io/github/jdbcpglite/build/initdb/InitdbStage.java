package io.github.jdbcpglite.build.initdb;

import io.github.jdbcpglite.build.compile.ImageClassLoader;
import io.github.jdbcpglite.build.stage.PipelineException;
import io.github.jdbcpglite.build.stage.Progress;
import io.github.jdbcpglite.build.stage.Stage;
import io.github.jdbcpglite.build.stage.StageInputs;
import io.github.jdbcpglite.host.fs.ErrnoException;
import io.github.jdbcpglite.postgres.internal.distribution.Distribution;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * Makes {@code pgdata/} and its index: a cluster as initdb leaves it, shut down cleanly.
 *
 * <p>The classes of the host are no declared input, because a change there changes the result only
 * where it mends an error; {@code --force} runs the stage again.
 */
public final class InitdbStage implements Stage {
    private static final int WAL_SEGMENT_MEGABYTES = 1;

    /**
     * What the cluster is like.
     *
     * <p>The locale is UTF-8 in code point order, as in PGlite, but with PostgreSQL's own provider:
     * PGlite's C library knows no language's order either, and upper and lower case are then those
     * of the Unicode version that PostgreSQL documents. WAL segments are of 1 MB, as an embedded
     * database seldom fills one of 16 MB and a fresh one is written whole.
     */
    private static final List<String> ARGUMENTS =
            List.of(
                    "--username=postgres",
                    "--auth=trust",
                    "--encoding=UTF8",
                    "--locale=C.UTF-8",
                    "--locale-provider=builtin",
                    "--builtin-locale=C.UTF-8",
                    "--wal-segsize=" + WAL_SEGMENT_MEGABYTES);

    private static final long STACK_BYTES = 256L << 20;

    private final Path assembled;
    private final Path captured;
    private final Path initdbWasm;

    /**
     * Creates the stage.
     *
     * @param assembled output of the assemble stage
     * @param captured output of the capture stage
     * @param initdbWasm {@code initdb.wasm} as it was downloaded
     */
    public InitdbStage(Path assembled, Path captured, Path initdbWasm) {
        this.assembled = assembled;
        this.captured = captured;
        this.initdbWasm = initdbWasm;
    }

    @Override
    public String name() {
        return "initdb";
    }

    @Override
    public StageInputs inputs() {
        return StageInputs.none()
                .file("assembled image", assembled)
                .file("captured main module", captured)
                .file("initdb.wasm", initdbWasm)
                .parameter("arguments", String.join(" ", ARGUMENTS))
                .code(InitdbStage.class);
    }

    @Override
    public void run(Path output, Progress progress) throws IOException {
        FutureTask<Void> task =
                new FutureTask<>(
                        () -> {
                            initialize(output, progress);
                            return null;
                        });
        // PostgreSQL in initdb, each with its own recursion, need more than a usual stack.
        Thread thread = new Thread(null, task, "initdb", STACK_BYTES);
        thread.start();
        try {
            task.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PipelineException("interrupted while initdb was running", e);
        } catch (ExecutionException e) {
            throw new PipelineException("initdb failed: " + e.getCause(), e);
        }
    }

    private void initialize(Path output, Progress progress) throws IOException, ErrnoException {
        try (ImageClassLoader loader = new ImageClassLoader(assembled, captured)) {
            Distribution image = Distribution.load(loader);
            BuildHost host = new BuildHost(image);
            InitdbModule initdb = new InitdbModule(Files.readAllBytes(initdbWasm));
            InitdbRunner runner = new InitdbRunner(host, new PostgresRunner(host, image, progress));
            int status = runner.run(initdb.compile(), ARGUMENTS);
            if (status != 0) {
                throw new PipelineException("exit status " + status + "\n" + log(host));
            }
            ControlFile control = ControlFile.read(host.files(), BuildHost.DATA_DIRECTORY);
            control.requireShutDown();
            control.deleteRecycledSegments(
                    host.files(),
                    BuildHost.DATA_DIRECTORY + "/pg_wal",
                    WAL_SEGMENT_MEGABYTES << 20);
            int count = DataDirectory.export(host.files(), BuildHost.DATA_DIRECTORY, output);
            progress.line(count + " files and directories");
        }
    }

    private static String log(BuildHost host) throws ErrnoException {
        byte[] log = DataDirectory.read(host.files(), InitdbRunner.LOG);
        return new String(log, StandardCharsets.UTF_8) + host.errors();
    }
}
