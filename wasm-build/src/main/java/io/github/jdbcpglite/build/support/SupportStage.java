package io.github.jdbcpglite.build.support;

import io.github.jdbcpglite.build.clang.Toolchain;
import io.github.jdbcpglite.build.stage.FileTrees;
import io.github.jdbcpglite.build.stage.Hashes;
import io.github.jdbcpglite.build.stage.PipelineException;
import io.github.jdbcpglite.build.stage.Progress;
import io.github.jdbcpglite.build.stage.Stage;
import io.github.jdbcpglite.build.stage.StageInputs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Compiles the libraries of our own and lays them out by guest path, as the bundle's are. */
public final class SupportStage implements Stage {
    private final Path cache;

    /**
     * Creates the stage.
     *
     * @param cache directory in which clang is unpacked
     */
    public SupportStage(Path cache) {
        this.cache = cache;
    }

    @Override
    public String name() {
        return "support";
    }

    @Override
    public StageInputs inputs() {
        StageInputs inputs = StageInputs.none().code(SupportStage.class).code(Toolchain.class);
        for (SupportLibrary library : SupportLibrary.all()) {
            try {
                inputs = inputs.parameter(library.guestPath(), Hashes.ofBytes(library.source()));
            } catch (IOException e) {
                throw new PipelineException("cannot read " + library.sourceName(), e);
            }
        }
        return inputs;
    }

    @Override
    public void run(Path output, Progress progress) throws IOException {
        Toolchain toolchain = Toolchain.unpack(cache, progress);
        Path scratch = Files.createTempDirectory("support-");
        try {
            for (SupportLibrary library : SupportLibrary.all()) {
                Path target = output.resolve(library.guestPath().substring(1));
                Files.createDirectories(target.getParent());
                Files.write(target, library.compile(toolchain, scratch));
            }
        } finally {
            FileTrees.delete(scratch);
        }
    }
}
