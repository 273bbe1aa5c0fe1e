package io.github.jdbcpglite.cli;

import io.github.jdbcpglite.jdbc.dump.PGliteDump;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Dumps a database with pg_dump. */
@Command(
        name = "dump",
        mixinStandardHelpOptions = true,
        description = {
            "Dump a database with pg_dump of PostgreSQL 18, which is part of this program.",
            "Write -- before further options of it."
        })
final class DumpCommand implements Callable<Integer> {
    @Spec private CommandSpec spec = CommandSpec.create();

    @Parameters(index = "0", paramLabel = "TARGET", description = "The database.")
    private String target = "";

    @Parameters(
            index = "1..*",
            arity = "0..*",
            paramLabel = "ARGUMENT",
            description = "Of pg_dump, such as --schema-only.")
    private List<String> arguments = new ArrayList<>();

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description = "Where to; by default standard output.")
    private @Nullable Path output;

    @Option(
            names = "--progress",
            description = "Tell on standard error which object is being dumped.")
    private boolean progress;

    @Option(
            names = "--pg-dump",
            paramLabel = "PROGRAM",
            description = "A pg_dump installed here, of PostgreSQL 18 or later, to run instead.")
    private @Nullable String program;

    @Override
    public Integer call() throws SQLException, IOException, InterruptedException {
        List<String> options = new ArrayList<>();
        if (progress) {
            options.add("--verbose");
        }
        if (program != null) {
            options.add(0, program);
            if (output != null) {
                options.add("--file=" + output);
            }
            options.addAll(arguments);
            return ClientProgram.run(target, Target.reading(), options);
        }
        options.addAll(arguments);
        // The process's own streams are never closed: others write to them too.
        OutputStream errors = new FileOutputStream(FileDescriptor.err);
        if (output == null) {
            return run(options, new FileOutputStream(FileDescriptor.out), errors);
        }
        // Only what is written opens the file, so that it stays as it is if nothing can be dumped.
        try (OutputStream file = LazyOutput.to(output)) {
            return run(options, file, errors);
        }
    }

    private int run(List<String> options, OutputStream out, OutputStream errors)
            throws SQLException, IOException {
        if (progress || output == null) {
            return PGliteDump.run(Target.url(target), new Properties(), options, out, errors);
        }
        PrintWriter err = spec.commandLine().getErr();
        return Progress.during(
                err,
                () -> "Writing " + output,
                () -> PGliteDump.run(Target.url(target), new Properties(), options, out, errors));
    }
}
