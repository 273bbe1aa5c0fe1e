package io.github.jdbcpglite.build.nativelibrary;

import io.github.jdbcpglite.build.clang.NativeTarget;
import io.github.jdbcpglite.build.stage.Stage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The stages that make native libraries of a pipeline's modules. */
public final class NativeStages {
    private NativeStages() {}

    /**
     * Lists the stages.
     *
     * @param modules directories with modules by guest path, outputs of earlier stages
     * @param work directory of the stages' outputs
     * @param cache directory of what outlives builds
     * @param libraryName the library's name without what systems put around it
     * @param targets what it compiles for; each is a stage
     */
    public static List<Stage> of(
            List<Path> modules,
            Path work,
            Path cache,
            String libraryName,
            List<NativeTarget> targets) {
        List<Stage> stages = new ArrayList<>();
        stages.add(new TranslateStage(modules));
        for (NativeTarget target : targets) {
            stages.add(
                    new NativeLibraryStage(
                            work.resolve(TranslateStage.NAME), cache, target, libraryName));
        }
        return stages;
    }
}
