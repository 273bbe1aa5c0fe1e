package io.github.jdbcpglite.build.extension;

import io.github.jdbcpglite.build.fetch.FetchStage;
import io.github.jdbcpglite.build.fetch.Tarball;
import io.github.jdbcpglite.build.stage.FileTrees;
import io.github.jdbcpglite.build.stage.PipelineException;
import io.github.jdbcpglite.build.stage.Progress;
import io.github.jdbcpglite.build.stage.Stage;
import io.github.jdbcpglite.build.stage.StageInputs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Unpacks PGlite's extension archives.
 *
 * <p>The output holds {@code libraries/} with the shared libraries by guest path, and {@code
 * units/NAME/} with everything else of each archive by guest path. An archive holds an installation
 * below PostgreSQL's prefix; headers and the documentation's examples in it are of no use at run
 * time and left out.
 */
final class UnpackStage implements Stage {
    static final String LIBRARIES = "libraries";
    static final String UNITS = "units";

    private static final String PREFIX = "pglite";
    private static final String LIBRARY_SUFFIX = ".so";
    private static final String ARCHIVE_SUFFIX = ".tar.gz";

    private final Path dist;

    /**
     * Creates the stage.
     *
     * @param dist directory with an archive for each unit
     */
    UnpackStage(Path dist) {
        this.dist = dist;
    }

    @Override
    public String name() {
        return "unpack";
    }

    @Override
    public StageInputs inputs() {
        return StageInputs.none()
                .file("archives", dist)
                .code(UnpackStage.class, FetchStage.class, Stage.class);
    }

    @Override
    public void run(Path output, Progress progress) throws IOException {
        Path libraries = Files.createDirectories(output.resolve(LIBRARIES).resolve(PREFIX));
        List<Path> archives = archives();
        for (Path archive : archives) {
            String file = archive.getFileName().toString();
            String unit = file.substring(0, file.length() - ARCHIVE_SUFFIX.length());
            Path root = Files.createDirectories(output.resolve(UNITS).resolve(unit));
            Tarball.unpack(archive, root.resolve(PREFIX), UnpackStage::isWanted);
            moveLibraries(root.resolve(PREFIX), libraries, unit);
        }
        progress.line(archives.size() + " archives");
    }

    private List<Path> archives() throws IOException {
        List<Path> archives;
        try (Stream<Path> files = Files.list(dist)) {
            archives = files.filter(f -> f.toString().endsWith(ARCHIVE_SUFFIX)).sorted().toList();
        }
        if (archives.isEmpty()) {
            throw new PipelineException("no extension archives in " + dist);
        }
        return archives;
    }

    private static boolean isWanted(String name) {
        return !name.contains("include/") && !name.contains("share/doc/");
    }

    /**
     * Leaves an empty file in place of each library, so that the guest can see that it is there.
     */
    private static void moveLibraries(Path unit, Path libraries, String name) throws IOException {
        for (String guestPath : FileTrees.files(unit)) {
            if (guestPath.endsWith(LIBRARY_SUFFIX)) {
                Path target = libraries.resolve(guestPath);
                if (Files.exists(target)) {
                    throw new PipelineException(
                            "the archive of " + name + " holds " + guestPath + ", and another too");
                }
                Files.createDirectories(target.getParent());
                Files.move(unit.resolve(guestPath), target);
                Files.createFile(unit.resolve(guestPath));
            }
        }
    }
}
