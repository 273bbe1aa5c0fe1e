package io.github.jdbcpglite.build.pipeline;

import io.github.jdbcpglite.build.bundle.AssembleStage;
import io.github.jdbcpglite.build.bundle.BundleStage;
import io.github.jdbcpglite.build.bundle.ImageStage;
import io.github.jdbcpglite.build.compile.CaptureStage;
import io.github.jdbcpglite.build.compile.CompileStage;
import io.github.jdbcpglite.build.compile.GeneratedCodeCompiler;
import io.github.jdbcpglite.build.compile.OutlineStage;
import io.github.jdbcpglite.build.compile.RewriteStage;
import io.github.jdbcpglite.build.compile.SideModuleStage;
import io.github.jdbcpglite.build.fetch.FetchStage;
import io.github.jdbcpglite.build.fetch.NpmPackage;
import io.github.jdbcpglite.build.icu.IcuStage;
import io.github.jdbcpglite.build.initdb.BootStage;
import io.github.jdbcpglite.build.initdb.InitdbStage;
import io.github.jdbcpglite.build.stage.Stage;
import io.github.jdbcpglite.build.support.SupportStage;
import io.github.jdbcpglite.postgres.internal.distribution.DistributionLayout;
import java.nio.file.Path;
import java.util.List;

/** The stages in the order in which they need each other. */
final class StageList {
    private final Path work;
    private final Path cache;
    private final String searchPath;

    /**
     * Creates the list.
     *
     * @param work directory of the stages' outputs
     * @param cache directory of downloads
     * @param searchPath directories in which programs are looked for, as in PATH
     */
    StageList(Path work, Path cache, String searchPath) {
        this.work = work;
        this.cache = cache;
        this.searchPath = searchPath;
    }

    List<Stage> stages() {
        Path dist = work.resolve("fetch").resolve("package").resolve("dist");
        Path released = dist.resolve("pglite.wasm");
        Path bundle = work.resolve("bundle");
        Path main = work.resolve("outline").resolve(RewriteStage.MAIN_PATH.substring(1));
        Path assembled = work.resolve("assemble");
        Path captured = work.resolve("capture");
        GeneratedCodeCompiler compiler = new GeneratedCodeCompiler();
        GeneratedCodeCompiler grouping = new GeneratedCodeCompiler(FunctionProfiles.postgres());
        return List.of(
                IcuStage.common(),
                new FetchStage(NpmPackage.PGLITE, cache, searchPath),
                new BundleStage(dist, work.resolve("icu")),
                new RewriteStage(released),
                new OutlineStage("outline", work.resolve("rewrite")),
                new SupportStage(cache),
                new SideModuleStage(
                        main, bundle.resolve(DistributionLayout.FILES), work.resolve("support")),
                new OutlineStage("outline-side", work.resolve("side-modules")),
                new CompileStage("compile", work.resolve("outline"), "main", grouping),
                new CompileStage("compile-side", work.resolve("outline-side"), "side", compiler),
                new AssembleStage(
                        NpmPackage.PGLITE.version(),
                        released,
                        work.resolve("compile"),
                        work.resolve("compile-side"),
                        bundle),
                new CaptureStage(work.resolve("compile"), assembled),
                new InitdbStage(assembled, captured, dist.resolve("initdb.wasm")),
                new BootStage(assembled, captured, work.resolve("initdb")),
                new ImageStage(assembled, captured, work.resolve("initdb"), work.resolve("boot")));
    }
}
