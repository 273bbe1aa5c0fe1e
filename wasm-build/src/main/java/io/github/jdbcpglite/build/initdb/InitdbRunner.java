package io.github.jdbcpglite.build.initdb;

import io.github.jdbcpglite.build.stage.PipelineException;
import io.github.jdbcpglite.engine.Guest;
import io.github.jdbcpglite.engine.MainModule;
import io.github.jdbcpglite.host.fs.ErrnoException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Runs {@code initdb} and, for it, the commands it hands to {@code system} and {@code popen}. */
final class InitdbRunner {
    private static final String PROGRAM = "/pglite/bin/initdb";
    static final String LOG = "/tmp/initdb.log";

    private static final String NOTHING = "/dev/null";

    private final BuildHost host;
    private final PostgresRunner postgres;
    private final Map<Long, Command> open = new HashMap<>();
    private int count;

    InitdbRunner(BuildHost host, PostgresRunner postgres) {
        this.host = host;
        this.postgres = postgres;
    }

    /** A command behind a stream of {@code popen}. */
    private interface Command {
        /** Ends the command and returns its exit status. */
        int close() throws ErrnoException;
    }

    /** A host function that may fail on files. */
    private interface FileAction {
        long run(long[] args) throws ErrnoException;
    }

    /**
     * Runs initdb.
     *
     * @param module the compiled {@code initdb.wasm}
     * @param arguments without the program's name
     * @return the exit status
     * @throws ErrnoException if its standard streams cannot be opened
     */
    int run(MainModule module, List<String> arguments) throws ErrnoException {
        List<String> words = new ArrayList<>(List.of(PROGRAM));
        words.addAll(arguments);
        GuestProgram.Streams streams = new GuestProgram.Streams(NOTHING, LOG);
        try (GuestProgram initdb = GuestProgram.start(host, module, path -> null, streams)) {
            Guest guest = initdb.guest();
            guest.call(
                    "pgl_set_system_fn",
                    addFunction(initdb, false, args -> system(initdb.string(args[0]))));
            guest.call(
                    "pgl_set_popen_fn",
                    addFunction(
                            initdb,
                            true,
                            args -> popen(initdb, initdb.string(args[0]), initdb.string(args[1]))));
            guest.call("pgl_set_pclose_fn", addFunction(initdb, false, args -> pclose(args[0])));
            return initdb.run(words);
        }
    }

    private static int addFunction(GuestProgram initdb, boolean twoPointers, FileAction action) {
        return initdb.guest()
                .addFunction(
                        twoPointers
                                ? PostgresRunner.TWO_POINTER_FUNCTION
                                : PostgresRunner.POINTER_FUNCTION,
                        (caller, args) -> {
                            try {
                                return action.run(args);
                            } catch (ErrnoException e) {
                                throw new PipelineException("initdb's host failed: " + e, e);
                            }
                        });
    }

    private int system(String line) throws ErrnoException {
        return waitStatus(
                postgres.run(ShellCommand.parse(line), new GuestProgram.Streams(NOTHING, NOTHING)));
    }

    /** Runs what initdb reads from at once, and what it writes to when it closes the stream. */
    private long popen(GuestProgram initdb, String line, String mode) throws ErrnoException {
        ShellCommand command = ShellCommand.parse(line);
        String path = "/tmp/popen-" + count++;
        Command ending;
        if (mode.equals("r")) {
            int status = postgres.run(command, new GuestProgram.Streams(NOTHING, path));
            ending = () -> status;
        } else {
            ending = () -> postgres.run(command, new GuestProgram.Streams(path, NOTHING));
        }
        long stream = initdb.openStream(path, mode);
        if (stream == 0) {
            throw new PipelineException("initdb cannot open " + path);
        }
        open.put(
                stream,
                () -> {
                    initdb.guest().call("fclose", stream);
                    int status = ending.close();
                    host.files().unlink(path);
                    return status;
                });
        return stream;
    }

    private long pclose(long stream) throws ErrnoException {
        Command command = open.remove(stream);
        if (command == null) {
            throw new PipelineException("initdb closes a stream it never opened");
        }
        return waitStatus(command.close());
    }

    /** Encodes an exit status as {@code wait(2)} does. */
    private static int waitStatus(int exitStatus) {
        return exitStatus << 8;
    }
}
