package io.github.jdbcpglite.build.fetch;

import io.github.jdbcpglite.build.stage.Progress;
import io.github.jdbcpglite.build.stage.Stage;
import io.github.jdbcpglite.build.stage.StageInputs;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;

/** Unpacks the pinned npm package, downloading it when the cache does not have it. */
public final class FetchStage implements Stage {
    private static final Duration DOWNLOAD_TIMEOUT = Duration.ofMinutes(10);

    private final NpmPackage wanted;
    private final PackageCache cache;

    /**
     * Creates the stage.
     *
     * @param wanted the package
     * @param cacheDirectory where archives outlive builds
     * @param searchPath directories in which {@code npm} is looked for, as in PATH
     */
    public FetchStage(NpmPackage wanted, Path cacheDirectory, String searchPath) {
        this.wanted = wanted;
        this.cache = new PackageCache(cacheDirectory, new NpmClient(searchPath, DOWNLOAD_TIMEOUT));
    }

    @Override
    public String name() {
        return "fetch";
    }

    @Override
    public StageInputs inputs() {
        return StageInputs.none()
                .parameter("package", wanted.spec())
                .parameter("sha256", wanted.sha256())
                .code(FetchStage.class);
    }

    @Override
    public void run(Path output, Progress progress) throws IOException {
        Path archive = cache.get(wanted, progress);
        progress.line("unpacking " + archive);
        Tarball.unpack(archive, output, name -> !name.endsWith(".map"));
    }
}
