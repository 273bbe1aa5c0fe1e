package io.github.jdbcpglite.build.initdb;

import com.dylibso.chicory.wasm.types.FunctionType;
import com.dylibso.chicory.wasm.types.ValType;
import io.github.jdbcpglite.build.stage.PipelineException;
import io.github.jdbcpglite.build.stage.Progress;
import io.github.jdbcpglite.host.GuestInstance;
import io.github.jdbcpglite.host.fs.ErrnoException;
import io.github.jdbcpglite.host.link.SideModules;
import io.github.jdbcpglite.postgres.internal.distribution.Distribution;
import io.github.jdbcpglite.postgres.internal.distribution.StoredModule;
import java.util.List;

/** Runs command lines of {@code postgres}. */
final class PostgresRunner {
    static final String PROGRAM = "/pglite/bin/postgres";

    static final FunctionType POINTER_FUNCTION =
            FunctionType.of(List.of(ValType.I32), List.of(ValType.I32));
    static final FunctionType TWO_POINTER_FUNCTION =
            FunctionType.of(List.of(ValType.I32, ValType.I32), List.of(ValType.I32));

    private static final String LOCALES = "/pglite/locale-a";

    private final BuildHost host;
    private final Distribution image;
    private final SideModules libraries;
    private final Progress progress;

    PostgresRunner(BuildHost host, Distribution image, Progress progress) {
        this.host = host;
        this.image = image;
        this.progress = progress;
        this.libraries = path -> image.sideModule(path).map(StoredModule::compiled).orElse(null);
    }

    /**
     * Runs a command to its end.
     *
     * @param command its first word is {@link #PROGRAM}
     * @param streams its standard input and output
     * @return the exit status
     * @throws PipelineException if the command is of another program
     * @throws ErrnoException if a stream cannot be opened
     */
    int run(ShellCommand command, GuestProgram.Streams streams) throws ErrnoException {
        List<String> words = command.words();
        if (words.isEmpty() || !words.get(0).equals(PROGRAM)) {
            throw new PipelineException("initdb wants to run something unknown: " + words);
        }
        progress.line(String.join(" ", words.subList(1, words.size())));
        GuestModule module = GuestModule.of(image.main().module());
        try (GuestProgram program = GuestProgram.start(host, module, libraries, streams)) {
            addLocaleCallbacks(program);
            return program.run(words);
        }
    }

    /** Answers {@code popen("locale -a")}, with which PostgreSQL looks for collations. */
    private static void addLocaleCallbacks(GuestProgram program) {
        GuestInstance guest = program.guest();
        int open =
                guest.addTableFunction(
                        TWO_POINTER_FUNCTION,
                        args -> {
                            String command = program.string(args[0]);
                            if (!command.startsWith("locale -a")) {
                                throw new PipelineException("postgres wants to run: " + command);
                            }
                            return program.openStream(LOCALES, "r");
                        });
        int close = guest.addTableFunction(POINTER_FUNCTION, args -> guest.call("fclose", args[0]));
        guest.call("pgl_set_popen_fn", open);
        guest.call("pgl_set_pclose_fn", close);
    }
}
