package io.github.jdbcpglite.build.pipeline;

import io.github.jdbcpglite.build.fetch.FetchStage;
import io.github.jdbcpglite.build.fetch.NpmPackage;
import io.github.jdbcpglite.build.stage.PipelineException;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Unpacks a pinned npm package for its own sake, by way of the cache of the pipelines. */
public final class PackageFetch {
    private static final String OUTPUT = "fetch";

    private final Command command;

    /**
     * Creates a fetch.
     *
     * @param out where progress is told
     * @param environment the variables of the process
     */
    public PackageFetch(PrintStream out, Map<String, String> environment) {
        command = new Command(out, environment);
    }

    /**
     * Brings the unpacked package up to date.
     *
     * @param wanted the package
     * @param work a directory for the package alone
     * @return the root of the package in it
     * @throws PipelineException if it cannot be downloaded or has another hash
     * @throws IOException if a file cannot be read or written
     */
    public Path run(NpmPackage wanted, Path work) throws IOException {
        Path output = work.resolve(OUTPUT);
        command.runAll(
                List.of(new FetchStage(wanted, command.defaultCache(), command.searchPath())),
                work,
                output);
        return output.resolve("package");
    }
}
