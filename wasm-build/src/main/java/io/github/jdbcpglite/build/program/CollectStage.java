package io.github.jdbcpglite.build.program;

import io.github.jdbcpglite.build.compile.CompileStage;
import io.github.jdbcpglite.build.stage.FileTrees;
import io.github.jdbcpglite.build.stage.Progress;
import io.github.jdbcpglite.build.stage.Stage;
import io.github.jdbcpglite.build.stage.StageInputs;
import java.io.IOException;
import java.nio.file.Path;

/** Puts the compiled program where it is packaged. */
final class CollectStage implements Stage {
    private final Path compiled;

    CollectStage(Path compiled) {
        this.compiled = compiled;
    }

    @Override
    public String name() {
        return "collect";
    }

    @Override
    public StageInputs inputs() {
        return StageInputs.none().file("compiled", compiled).code(CollectStage.class);
    }

    @Override
    public void run(Path output, Progress progress) throws IOException {
        FileTrees.copy(compiled.resolve(CompileStage.IMAGE), output);
    }
}
