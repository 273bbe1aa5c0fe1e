package io.github.jdbcpglite.build.initdb;

import io.github.jdbcpglite.build.stage.PipelineException;
import io.github.jdbcpglite.build.stage.Progress;
import io.github.jdbcpglite.engine.Guest;
import io.github.jdbcpglite.engine.MainModule;
import io.github.jdbcpglite.engine.Signature;
import io.github.jdbcpglite.host.fs.ErrnoException;
import io.github.jdbcpglite.host.link.SideModules;
import io.github.jdbcpglite.postgres.internal.distribution.Distribution;
import java.util.List;

/** Runs command lines of {@code postgres}. */
final class PostgresRunner {
    static final String PROGRAM = "/pglite/bin/postgres";

    static final Signature POINTER_FUNCTION =
            new Signature(List.of(Signature.Type.I32), List.of(Signature.Type.I32));
    static final Signature TWO_POINTER_FUNCTION =
            new Signature(
                    List.of(Signature.Type.I32, Signature.Type.I32), List.of(Signature.Type.I32));

    private static final String LOCALES = "/pglite/locale-a";

    private final BuildHost host;
    private final Distribution image;
    private final SideModules libraries;
    private final Progress progress;

    PostgresRunner(BuildHost host, Distribution image, Progress progress) {
        this.host = host;
        this.image = image;
        this.progress = progress;
        this.libraries = libraries(image);
    }

    @SuppressWarnings("NullAway") // the caller takes null for an absent library
    static SideModules libraries(Distribution image) {
        return path ->
                image.sideModule(path)
                        .map(module -> module.library(GuestProgram.ENGINE))
                        .orElse(null);
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
        MainModule module = image.main().module(GuestProgram.ENGINE);
        try (GuestProgram program = GuestProgram.start(host, module, libraries, streams)) {
            addLocaleCallbacks(program);
            return program.run(words);
        }
    }

    /** Answers {@code popen("locale -a")}, with which PostgreSQL looks for collations. */
    private static void addLocaleCallbacks(GuestProgram program) {
        Guest guest = program.guest();
        int open =
                guest.addFunction(
                        TWO_POINTER_FUNCTION,
                        (caller, args) -> {
                            String command = program.string(args[0]);
                            if (!command.startsWith("locale -a")) {
                                throw new PipelineException("postgres wants to run: " + command);
                            }
                            return program.openStream(LOCALES, "r");
                        });
        int close =
                guest.addFunction(
                        POINTER_FUNCTION, (caller, args) -> caller.call("fclose", args[0]));
        guest.call("pgl_set_popen_fn", open);
        guest.call("pgl_set_pclose_fn", close);
    }
}
