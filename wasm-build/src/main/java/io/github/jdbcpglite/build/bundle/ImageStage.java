package io.github.jdbcpglite.build.bundle;

import io.github.jdbcpglite.build.stage.FileTrees;
import io.github.jdbcpglite.build.stage.Progress;
import io.github.jdbcpglite.build.stage.Stage;
import io.github.jdbcpglite.build.stage.StageInputs;
import io.github.jdbcpglite.postgres.internal.distribution.DistributionLayout;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Adds what running PostgreSQL made to the assembled parts, which completes the image.
 *
 * <p>The output is the directory {@link DistributionLayout#ROOT} itself, so that it can be a part
 * of a module's classes and be replaced as a whole.
 */
public final class ImageStage implements Stage {
    private final Path assembled;
    private final Path captured;
    private final Path pgdata;
    private final Path boot;

    /**
     * Creates the stage.
     *
     * @param assembled output of the assemble stage
     * @param captured output of the capture stage
     * @param pgdata output of the initdb stage
     * @param boot output of the boot stage
     */
    public ImageStage(Path assembled, Path captured, Path pgdata, Path boot) {
        this.assembled = assembled.resolve(DistributionLayout.ROOT);
        this.captured = captured.resolve(DistributionLayout.ROOT);
        this.pgdata = pgdata;
        this.boot = boot;
    }

    @Override
    public String name() {
        return "image";
    }

    @Override
    public StageInputs inputs() {
        return StageInputs.none()
                .file("assembled image", assembled)
                .file("captured main module", captured)
                .file("pgdata", pgdata)
                .file("boot", boot)
                .code(ImageStage.class, DistributionLayout.class);
    }

    @Override
    public void run(Path output, Progress progress) throws IOException {
        FileTrees.copy(assembled, output);
        FileTrees.copy(captured, output);
        FileTrees.copy(pgdata, output);
        FileTrees.copy(boot, output);
    }
}
