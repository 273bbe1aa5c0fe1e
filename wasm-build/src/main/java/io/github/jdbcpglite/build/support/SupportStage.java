package io.github.jdbcpglite.build.support;

import io.github.jdbcpglite.build.stage.Hashes;
import io.github.jdbcpglite.build.stage.PipelineException;
import io.github.jdbcpglite.build.stage.Progress;
import io.github.jdbcpglite.build.stage.Stage;
import io.github.jdbcpglite.build.stage.StageInputs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Lays out the libraries of our own by guest path, as the bundle's libraries are. */
public final class SupportStage implements Stage {
    @Override
    public String name() {
        return "support";
    }

    @Override
    public StageInputs inputs() {
        StageInputs inputs = StageInputs.none().code(SupportStage.class);
        for (SupportLibrary library : SupportLibrary.all()) {
            try {
                inputs = inputs.parameter(library.guestPath(), Hashes.ofBytes(library.module()));
            } catch (IOException e) {
                throw new PipelineException("cannot read " + library.moduleName(), e);
            }
        }
        return inputs;
    }

    @Override
    public void run(Path output, Progress progress) throws IOException {
        for (SupportLibrary library : SupportLibrary.all()) {
            Path target = output.resolve(library.guestPath().substring(1));
            Files.createDirectories(target.getParent());
            Files.write(target, library.module());
        }
    }
}
