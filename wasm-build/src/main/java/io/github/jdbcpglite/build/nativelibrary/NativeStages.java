package io.github.jdbcpglite.build.nativelibrary;

import io.github.jdbcpglite.build.clang.NativeTarget;
import io.github.jdbcpglite.build.stage.Stage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The stages that make native libraries of modules that other pipelines have made. */
public final class NativeStages {
    private NativeStages() {}

    /**
     * Lists the stages.
     *
     * @param sources what the libraries are made of
     * @param work directory of the stages' outputs
     * @param cache directory of what outlives builds
     * @param target what it compiles for
     */
    public static List<Stage> of(
            List<LibrarySource> sources, Path work, Path cache, NativeTarget target) {
        List<Stage> stages = new ArrayList<>();
        sources.forEach(source -> stages.add(new TranslateStage(source)));
        stages.add(new NativeLibraryStage(work, cache, target, sources));
        return stages;
    }
}
