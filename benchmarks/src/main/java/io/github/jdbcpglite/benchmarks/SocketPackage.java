package io.github.jdbcpglite.benchmarks;

import io.github.jdbcpglite.build.fetch.NpmPackage;
import io.github.jdbcpglite.build.pipeline.PackageFetch;
import io.github.jdbcpglite.build.stage.FileTrees;
import io.github.jdbcpglite.build.stage.PipelineException;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Fetches the server that puts PGlite behind a socket, as a program of its own that runs before the
 * benchmarks.
 *
 * <p>So only a build that measures downloads anything, through the same client and cache as the
 * image's build, and the processes that are measured have nothing of that build on their class
 * path.
 */
public final class SocketPackage {
    /** Wants PGlite 0.5.14 but calls nothing of it except an instance that it is given. */
    private static final NpmPackage SERVER =
            new NpmPackage(
                    "@electric-sql/pglite-socket",
                    "0.2.17",
                    "52a42b70a74dd533fe12aed3948032184aafe3e10ddd35ea3dfd5678f916d728");

    private SocketPackage() {}

    /**
     * Unpacks the package to {@code fetch/package}, or says why there is none.
     *
     * @param args the directory in which this is done
     * @throws IOException if a file cannot be read or written
     */
    public static void main(String[] args) throws IOException {
        Path work = Path.of(args[0]);
        try {
            new PackageFetch(System.out, System.getenv()).run(SERVER, work);
        } catch (PipelineException e) {
            // One of an earlier build would be measured in its place.
            FileTrees.delete(work);
            System.out.println("The benchmarks have to do without a socket: " + e.getMessage());
        }
    }
}
