package io.github.jdbcpglite.build.bundle;

import io.github.jdbcpglite.build.stage.FileTrees;
import io.github.jdbcpglite.build.stage.PipelineException;
import io.github.jdbcpglite.build.stage.Progress;
import io.github.jdbcpglite.build.stage.Stage;
import io.github.jdbcpglite.build.stage.StageInputs;
import io.github.jdbcpglite.postgres.internal.distribution.DistributionLayout;
import io.github.jdbcpglite.postgres.internal.distribution.IndexLine;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Takes {@code pglite.data} apart: {@code files/} with the files by guest path, and their index.
 *
 * <p>Emscripten gives every file and directory mode 0777. Here they get those of an installed
 * PostgreSQL: programs and directories 0755, files 0644, the password file 0600.
 */
public final class BundleStage implements Stage {
    private static final int MODE_PROGRAM = 0755;
    private static final int MODE_FILE = 0644;
    private static final int MODE_SECRET = 0600;

    private final Path javaScript;
    private final Path data;
    private final Path more;

    /**
     * Creates the stage.
     *
     * @param dist directory of the npm package with {@code pglite.js} and {@code pglite.data}
     * @param more directory with further files by guest path, in directories of which the bundle
     *     has the parents
     */
    public BundleStage(Path dist, Path more) {
        this.more = more;
        this.javaScript = dist.resolve("pglite.js");
        this.data = dist.resolve("pglite.data");
    }

    @Override
    public String name() {
        return "bundle";
    }

    @Override
    public StageInputs inputs() {
        return StageInputs.none()
                .file("pglite.js", javaScript)
                .file("pglite.data", data)
                .file("what is put beside it", more)
                .code(BundleStage.class, IndexLine.class);
    }

    @Override
    public void run(Path output, Progress progress) throws IOException {
        byte[] contents = Files.readAllBytes(data);
        BundleTable table =
                BundleTable.parse(
                        Files.readString(javaScript, StandardCharsets.UTF_8), contents.length);
        Path root = output.resolve(DistributionLayout.FILES);
        List<IndexLine> lines = new ArrayList<>();
        for (String directory : table.directories()) {
            Files.createDirectories(inside(root, directory));
            lines.add(new IndexLine(true, MODE_PROGRAM, 0, directory));
        }
        for (BundleTable.FileRange file : table.files()) {
            byte[] bytes = Arrays.copyOfRange(contents, file.start(), file.end());
            Files.write(inside(root, file.path()), bytes);
            lines.add(new IndexLine(false, mode(file.path()), bytes.length, file.path()));
        }
        for (String path : FileTrees.files(more)) {
            Path target = inside(root, "/" + path);
            String directory = "/" + path.substring(0, path.lastIndexOf('/'));
            if (!Files.exists(target.getParent())) {
                Files.createDirectory(target.getParent());
                lines.add(new IndexLine(true, MODE_PROGRAM, 0, directory));
            }
            Files.copy(more.resolve(path), target);
            lines.add(new IndexLine(false, MODE_FILE, Files.size(target), "/" + path));
        }
        IndexFile.write(
                output.resolve(DistributionLayout.FILES + DistributionLayout.INDEX_SUFFIX), lines);
        progress.line(
                table.files().size() + " files, " + table.directories().size() + " directories");
    }

    private static Path inside(Path root, String guestPath) {
        Path path = root.resolve(guestPath.substring(1)).normalize();
        if (!path.startsWith(root) || path.equals(root)) {
            throw new PipelineException("pglite.js lists the path '" + guestPath + "'");
        }
        return path;
    }

    private static int mode(String path) {
        if (path.endsWith("/.pgpass")) {
            return MODE_SECRET;
        }
        return path.contains("/bin/") || path.endsWith(".so") ? MODE_PROGRAM : MODE_FILE;
    }
}
