package io.github.jdbcpglite.build.extension;

import io.github.jdbcpglite.build.compile.CompileStage;
import io.github.jdbcpglite.build.compile.GeneratedCodeCompiler;
import io.github.jdbcpglite.build.compile.OutlineStage;
import io.github.jdbcpglite.build.compile.RewriteStage;
import io.github.jdbcpglite.build.compile.SideModuleStage;
import io.github.jdbcpglite.build.fetch.FetchStage;
import io.github.jdbcpglite.build.icu.IcuStage;
import io.github.jdbcpglite.build.stage.PipelineException;
import io.github.jdbcpglite.build.stage.Stage;
import io.github.jdbcpglite.postgres.internal.distribution.DistributionLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The stages that make one bundle, in the order in which they need each other. */
public final class ExtensionStages {
    private ExtensionStages() {}

    /**
     * Lists the stages; the last one's output is the bundle.
     *
     * @param spec the bundle
     * @param work directory of the stages' outputs
     * @param imageWork directory of the stages that made the image
     * @param cache directory of downloads
     * @param searchPath directories in which programs are looked for, as in PATH
     * @throws PipelineException if the image was not made
     */
    public static List<Stage> of(
            BundleSpec spec, Path work, Path imageWork, Path cache, String searchPath) {
        Path main = imageWork.resolve("outline").resolve(RewriteStage.MAIN_PATH.substring(1));
        Path image =
                imageWork
                        .resolve("assemble")
                        .resolve(DistributionLayout.ROOT)
                        .resolve(DistributionLayout.PROPERTIES);
        if (!Files.exists(main) || !Files.exists(image)) {
            throw new PipelineException(
                    imageWork
                            + " does not hold the stages of the image; build pglite-image first,"
                            + " for example with -am");
        }
        List<Stage> stages = new ArrayList<>();
        spec.source().ifPresent(wanted -> stages.add(new FetchStage(wanted, cache, searchPath)));
        Path fetched = spec.source().isPresent() ? work : imageWork;
        Path unpacked = work.resolve("unpack");
        stages.add(
                spec.equals(BundleSpec.ICU)
                        ? IcuStage.collations(
                                "unpack",
                                UnpackStage.UNITS + "/" + spec.name(),
                                UnpackStage.LIBRARIES)
                        : new UnpackStage(
                                fetched.resolve("fetch").resolve("package").resolve("dist")));
        stages.add(new SideModuleStage(main, unpacked.resolve(UnpackStage.LIBRARIES)));
        stages.add(new OutlineStage("outline", work.resolve("side-modules")));
        stages.add(
                new CompileStage(
                        "compile",
                        work.resolve("outline"),
                        spec.rootPackage(),
                        "lib",
                        new GeneratedCodeCompiler()));
        stages.add(new BundleStage(spec, image, unpacked, work.resolve("compile")));
        return List.copyOf(stages);
    }
}
