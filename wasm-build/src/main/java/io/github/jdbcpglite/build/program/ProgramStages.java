package io.github.jdbcpglite.build.program;

import io.github.jdbcpglite.build.compile.CompileStage;
import io.github.jdbcpglite.build.compile.GeneratedCodeCompiler;
import io.github.jdbcpglite.build.compile.OutlineStage;
import io.github.jdbcpglite.build.fetch.FetchStage;
import io.github.jdbcpglite.build.fetch.NpmPackage;
import io.github.jdbcpglite.build.stage.Stage;
import java.nio.file.Path;
import java.util.List;

/** The stages that make pg_dump, in the order in which they need each other. */
public final class ProgramStages {
    /** The package in whose directory the output of the last stage lies. */
    public static final String PACKAGE = "io.github.jdbcpglite.program";

    private static final NpmPackage TOOLS =
            new NpmPackage(
                    "@electric-sql/pglite-tools",
                    "0.4.8",
                    "554b62bf6c21100b23151631dab1fef365b85e645ed61c8d0788b8a2f73b4468");

    private ProgramStages() {}

    /**
     * Lists the stages; the last one's output is what is packaged.
     *
     * @param work directory of the stages' outputs
     * @param cache directory of downloads
     * @param searchPath directories in which programs are looked for, as in PATH
     */
    public static List<Stage> of(Path work, Path cache, String searchPath) {
        return List.of(
                new FetchStage(TOOLS, cache, searchPath),
                new ProgramStage(work.resolve("fetch").resolve("package").resolve("dist")),
                new OutlineStage("outline", work.resolve("program")),
                new CompileStage(
                        "compile",
                        work.resolve("outline"),
                        PACKAGE,
                        "bin",
                        new GeneratedCodeCompiler()),
                new CollectStage(work.resolve("compile")));
    }
}
