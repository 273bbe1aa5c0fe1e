package io.github.jdbcpglite.build.compile;

import io.github.jdbcpglite.build.release.PgliteRelease;
import io.github.jdbcpglite.build.release.ReleaseFile;
import io.github.jdbcpglite.build.rewrite.PgliteRewrite;
import io.github.jdbcpglite.build.rewrite.RewriteException;
import io.github.jdbcpglite.build.stage.PipelineException;
import io.github.jdbcpglite.build.stage.Progress;
import io.github.jdbcpglite.build.stage.Stage;
import io.github.jdbcpglite.build.stage.StageInputs;
import io.github.jdbcpglite.build.wasm.WasmModule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Rewrites the released main module so that the host can run many backends of it. */
public final class RewriteStage implements Stage {
    /** Guest path of the main module; the output holds it there. */
    public static final String MAIN_PATH = "/pglite/bin/postgres";

    private final Path released;

    /**
     * Creates the stage.
     *
     * @param released {@code pglite.wasm} as it was downloaded
     */
    public RewriteStage(Path released) {
        this.released = released;
    }

    @Override
    public String name() {
        return "rewrite";
    }

    @Override
    public StageInputs inputs() {
        return StageInputs.none()
                .file("pglite.wasm", released)
                .parameter("release", ReleaseFile.write(PgliteRelease.pinned()))
                .code(RewriteStage.class, PgliteRewrite.class, WasmModule.class);
    }

    @Override
    public void run(Path output, Progress progress) throws IOException {
        Path target = output.resolve(MAIN_PATH.substring(1));
        Files.createDirectories(target.getParent());
        try {
            Files.write(target, PgliteRewrite.rewrite(Files.readAllBytes(released)));
        } catch (RewriteException e) {
            throw new PipelineException(released + " cannot be rewritten: " + e.getMessage(), e);
        }
    }
}
