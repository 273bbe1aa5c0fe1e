package io.github.jdbcpglite.build.bundle;

import io.github.jdbcpglite.build.stage.FileTrees;
import io.github.jdbcpglite.build.stage.Progress;
import io.github.jdbcpglite.build.stage.Stage;
import io.github.jdbcpglite.build.stage.StageInputs;
import io.github.jdbcpglite.wasm.image.ImageLayout;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Adds the data directory to the assembled parts, which completes the image.
 *
 * <p>The output is the directory {@link ImageLayout#ROOT} itself, so that it can be a part of a
 * module's classes and be replaced as a whole.
 */
public final class ImageStage implements Stage {
    private final Path assembled;
    private final Path pgdata;

    /**
     * Creates the stage.
     *
     * @param assembled output of the assemble stage
     * @param pgdata output of the initdb stage
     */
    public ImageStage(Path assembled, Path pgdata) {
        this.assembled = assembled.resolve(ImageLayout.ROOT);
        this.pgdata = pgdata;
    }

    @Override
    public String name() {
        return "image";
    }

    @Override
    public StageInputs inputs() {
        return StageInputs.none()
                .file("assembled image", assembled)
                .file("pgdata", pgdata)
                .code(ImageStage.class, ImageLayout.class);
    }

    @Override
    public void run(Path output, Progress progress) throws IOException {
        FileTrees.copy(assembled, output);
        FileTrees.copy(pgdata, output);
    }
}
