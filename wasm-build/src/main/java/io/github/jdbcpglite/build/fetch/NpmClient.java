package io.github.jdbcpglite.build.fetch;

import io.github.jdbcpglite.build.stage.PipelineException;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** Runs {@code npm pack}, which downloads a package's archive without running anything in it. */
final class NpmClient {
    private static final int LAST_LINES = 15;

    private final String searchPath;
    private final Duration timeout;

    /**
     * Creates a client.
     *
     * @param searchPath directories in which {@code npm} is looked for, as in PATH
     * @param timeout after which a download is given up
     */
    NpmClient(String searchPath, Duration timeout) {
        this.searchPath = searchPath;
        this.timeout = timeout;
    }

    /**
     * Downloads the archive of a package.
     *
     * @param wanted the package
     * @param directory an empty directory; the archive is the only {@code .tgz} in it afterwards
     * @return the archive
     * @throws PipelineException if npm is missing, fails or takes too long
     * @throws IOException if npm cannot be started
     */
    Path pack(NpmPackage wanted, Path directory) throws IOException {
        Path npm = find(wanted);
        Path log = directory.resolve("npm.log");
        // Run in the empty directory: a package.json or .npmrc of this project has no say there.
        Process process =
                new ProcessBuilder(
                                npm.toString(),
                                "pack",
                                wanted.spec(),
                                "--ignore-scripts",
                                "--pack-destination",
                                directory.toAbsolutePath().toString())
                        .directory(directory.toFile())
                        .redirectInput(ProcessBuilder.Redirect.from(emptyFile(directory)))
                        .redirectErrorStream(true)
                        .redirectOutput(log.toFile())
                        .start();
        int status = await(process, wanted);
        if (status != 0) {
            throw new PipelineException(
                    "npm could not download "
                            + wanted.spec()
                            + " (exit status "
                            + status
                            + "). Check the network and npm's own settings, then build again."
                            + " npm said:\n"
                            + lastLines(log));
        }
        Path archive = directory.resolve(wanted.archiveName());
        if (!Files.isRegularFile(archive)) {
            throw new PipelineException(
                    "npm pack succeeded but left no "
                            + wanted.archiveName()
                            + ". npm said:\n"
                            + lastLines(log));
        }
        return archive;
    }

    private Path find(NpmPackage wanted) {
        boolean windows =
                System.getProperty("os.name", "").toLowerCase(Locale.ROOT).startsWith("windows");
        String program = windows ? "npm.cmd" : "npm";
        for (String directory : searchPath.split(File.pathSeparator, -1)) {
            Path candidate = Path.of(directory).resolve(program);
            if (!directory.isEmpty() && Files.isExecutable(candidate)) {
                return candidate;
            }
        }
        throw new PipelineException(
                "npm is needed to download "
                        + wanted.spec()
                        + " but is not on the PATH. Install"
                        + " Node.js with npm, or put "
                        + wanted.archiveName()
                        + " into the cache directory yourself, then build again.");
    }

    private int await(Process process, NpmPackage wanted) {
        try {
            if (!process.waitFor(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new PipelineException(
                        "npm did not download "
                                + wanted.spec()
                                + " within "
                                + timeout.toSeconds()
                                + " s. Check the network, then build again.");
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PipelineException("interrupted while npm downloaded " + wanted.spec(), e);
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    private static File emptyFile(Path directory) throws IOException {
        return Files.createFile(directory.resolve("npm.stdin")).toFile();
    }

    private static String lastLines(Path log) throws IOException {
        // npm's output has no promised encoding; this one maps every byte to something.
        List<String> lines = Files.readAllLines(log, StandardCharsets.ISO_8859_1);
        int from = Math.max(0, lines.size() - LAST_LINES);
        return String.join("\n", lines.subList(from, lines.size()));
    }
}
