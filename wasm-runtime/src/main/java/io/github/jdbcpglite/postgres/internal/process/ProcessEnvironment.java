package io.github.jdbcpglite.postgres.internal.process;

import io.github.jdbcpglite.engine.Guest;
import io.github.jdbcpglite.engine.LinearMemory;
import io.github.jdbcpglite.host.descriptor.FdTable;
import io.github.jdbcpglite.host.fs.ErrnoException;
import io.github.jdbcpglite.host.fs.FileSystem;
import io.github.jdbcpglite.host.process.GuestCalls;
import io.github.jdbcpglite.host.process.GuestProcess;
import io.github.jdbcpglite.host.process.HostFunctionTable;
import io.github.jdbcpglite.host.process.SharedSegments;
import io.github.jdbcpglite.host.syscall.HostFunctions;
import java.util.Map;

/** What the host gives one PostgreSQL process: files, descriptors, clocks, random numbers. */
public final class ProcessEnvironment implements AutoCloseable {
    public static final String DATA_DIRECTORY = "/pglite/data";
    private static final int DESCRIPTOR_LIMIT = 4096;
    private static final int UMASK = 077;
    private static final Map<String, String> VARIABLES =
            Map.ofEntries(
                    Map.entry("HOME", "/home/postgres"),
                    Map.entry("USER", "postgres"),
                    Map.entry("LOGNAME", "postgres"),
                    Map.entry("PGDATA", DATA_DIRECTORY),
                    Map.entry("PGUSER", "postgres"),
                    Map.entry("PGDATABASE", "postgres"),
                    Map.entry("LANG", "en_US.UTF-8"),
                    Map.entry("LC_COLLATE", "en_US.UTF-8"),
                    Map.entry("LC_CTYPE", "en_US.UTF-8"),
                    Map.entry("TZ", "UTC"),
                    Map.entry("PGTZ", "UTC"),
                    Map.entry("PGCLIENTENCODING", "UTF8"),
                    Map.entry("ICU_DATA", "/pglite/icu"));

    private final GuestProcess process;

    ProcessEnvironment(LinearMemory memory, ClusterEnvironment program, SharedSegments segments) {
        FileSystem files = program.files();
        try {
            process =
                    GuestProcess.builder(
                                    memory,
                                    files,
                                    FdTable.withStandardStreams(files, DESCRIPTOR_LIMIT))
                            .environment(VARIABLES)
                            .currentDirectory(DATA_DIRECTORY)
                            .clock(program.clock())
                            .random(program.random())
                            .umask(UMASK)
                            .segments(segments)
                            .build();
        } catch (ErrnoException e) {
            throw new IllegalStateException("the standard streams cannot be opened", e);
        }
    }

    /** Returns a new table of its host functions, to which others may be added. */
    HostFunctionTable functions() {
        return HostFunctions.of(process);
    }

    /** Lets host functions call back into the instance, to allocate memory. */
    void bind(Guest guest) {
        process.bind(GuestCalls.of(guest));
    }

    /** Leaves the shared memory that the process has mapped; with the giant lock held. */
    public void leaveSegments() {
        try {
            process.leaveSegments();
        } catch (ErrnoException e) {
            throw new IllegalStateException("shared memory could not be left: " + e.errno(), e);
        }
    }

    @Override
    public void close() {
        try {
            process.close();
        } catch (ErrnoException e) {
            throw new IllegalStateException("descriptors could not be closed: " + e.errno(), e);
        }
    }
}
