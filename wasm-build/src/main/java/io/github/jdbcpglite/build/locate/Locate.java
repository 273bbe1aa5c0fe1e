package io.github.jdbcpglite.build.locate;

import io.github.jdbcpglite.build.fetch.NpmPackage;
import io.github.jdbcpglite.build.pipeline.PackageFetch;
import io.github.jdbcpglite.build.release.PgliteRelease;
import io.github.jdbcpglite.build.release.ReleaseFile;
import io.github.jdbcpglite.build.stage.PipelineException;
import java.io.IOException;
import java.io.PrintStream;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * Writes the release file of a release of PGlite, from that of a known one and both binaries.
 *
 * <p>The report goes to one stream, the release file to a file or another stream. The exit status
 * is 0 if nothing is missing, 1 if something is or a file cannot be had, 2 for a wrong command
 * line.
 */
public final class Locate {
    private static final int OK = 0;
    private static final int FAILED = 1;
    private static final int USAGE = 2;

    private static final String USAGE_TEXT =
            """
            usage: Locate [OPTION]... VERSION|PGLITE_WASM
            Finds what the release file of a known PGlite says in another pglite.wasm, and
            writes its release file. The other is a version on npm, or a file.
              --sha256 HEX     SHA-256 of the npm archive; needed if VERSION has no release file yet
              --release FILE   the known release's file (default: of the pinned release)
              --known FILE     the known release's pglite.wasm (default: from npm)
              --version TEXT   the version to write when the other is a file (default: unknown)
              --output FILE    where to write the release file (default: standard output)
              --work DIR       where archives are unpacked (default target/locate)\
            """;

    private final PrintStream out;
    private final PrintStream report;
    private final Map<String, String> environment;

    Locate(PrintStream out, PrintStream report, Map<String, String> environment) {
        this.out = out;
        this.report = report;
        this.environment = environment;
    }

    /**
     * Runs the command line.
     *
     * @param args see the usage text
     */
    @SuppressForbidden("a program of its own, which talks to its user and ends with a status")
    public static void main(String[] args) {
        System.exit(new Locate(System.out, System.err, System.getenv()).run(args));
    }

    /** Runs a command line and returns the exit status. */
    int run(String[] args) {
        try {
            return locate(LocateOptions.parse(args));
        } catch (LocateOptions.UsageException e) {
            report.println(e.getMessage());
            report.println(USAGE_TEXT);
            return USAGE;
        } catch (PipelineException | IllegalArgumentException e) {
            report.println("ERROR: " + e.getMessage());
            return FAILED;
        } catch (IOException e) {
            report.println("ERROR: " + e);
            return FAILED;
        }
    }

    private int locate(LocateOptions options) throws IOException, LocateOptions.UsageException {
        PgliteRelease release = known(options);
        Path known =
                options.known() != null
                        ? options.known()
                        : fetch(
                                new NpmPackage(
                                        release.npmName(),
                                        release.npmVersion(),
                                        release.npmSha256()),
                                options);
        ReleaseSearch.Origin origin = origin(options, release);
        Path other =
                options.isFile()
                        ? Path.of(options.other())
                        : fetch(
                                new NpmPackage(
                                        release.npmName(), origin.version(), origin.sha256()),
                                options);
        ReleaseSearch.Result result =
                ReleaseSearch.search(
                        release, Files.readAllBytes(known), Files.readAllBytes(other), origin);
        tell(result);
        write(ReleaseFile.write(result.release()), options);
        return result.count(Finding.State.MISSING) == 0 ? OK : FAILED;
    }

    private static PgliteRelease known(LocateOptions options) throws IOException {
        Path file = options.release();
        if (file == null) {
            return PgliteRelease.pinned();
        }
        try (Reader in = Files.newBufferedReader(file)) {
            return ReleaseFile.read(in);
        }
    }

    private static ReleaseSearch.Origin origin(LocateOptions options, PgliteRelease release)
            throws LocateOptions.UsageException {
        String version = options.isFile() ? options.version() : options.other();
        if (options.sha256() != null) {
            return new ReleaseSearch.Origin(version, options.sha256());
        }
        if (version.equals(release.npmVersion())) {
            return new ReleaseSearch.Origin(version, release.npmSha256());
        }
        String sha256 =
                PgliteRelease.ofVersion(version).map(PgliteRelease::npmSha256).orElse("unknown");
        if (sha256.equals("unknown") && !options.isFile()) {
            throw new LocateOptions.UsageException(
                    "PGlite " + version + " has no release file yet: give --sha256");
        }
        return new ReleaseSearch.Origin(version, sha256);
    }

    private Path fetch(NpmPackage wanted, LocateOptions options) throws IOException {
        return new PackageFetch(report, environment)
                .run(wanted, options.work().resolve(wanted.version()))
                .resolve("dist")
                .resolve("pglite.wasm");
    }

    private void tell(ReleaseSearch.Result result) {
        result.findings().forEach(report::println);
        StringBuilder summary = new StringBuilder("summary:");
        for (Finding.State state : Finding.State.values()) {
            summary.append(' ').append(result.count(state)).append(' ').append(state);
        }
        report.println(summary);
    }

    private void write(String file, LocateOptions options) throws IOException {
        Path output = options.output();
        if (output == null) {
            out.print(file);
            out.flush();
        } else {
            Files.writeString(output, file);
        }
    }
}
