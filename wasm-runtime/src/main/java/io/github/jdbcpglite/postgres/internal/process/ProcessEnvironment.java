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
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** What the host gives one PostgreSQL process: files, descriptors, clocks, random numbers. */
public final class ProcessEnvironment implements AutoCloseable {
    public static final String DATA_DIRECTORY = "/pglite/data";
    private static final int DESCRIPTOR_LIMIT = 4096;
    private static final int UMASK = 077;

    /** In one order in every JVM, since it shows in the image that the build makes. */
    private static final Map<String, String> VARIABLES = variables();

    private static Map<String, String> variables() {
        Map<String, String> variables = new LinkedHashMap<>();
        variables.put("HOME", "/home/postgres");
        variables.put("USER", "postgres");
        variables.put("LOGNAME", "postgres");
        variables.put("PGDATA", DATA_DIRECTORY);
        variables.put("PGUSER", "postgres");
        variables.put("PGDATABASE", "postgres");
        variables.put("LANG", "en_US.UTF-8");
        variables.put("LC_COLLATE", "en_US.UTF-8");
        variables.put("LC_CTYPE", "en_US.UTF-8");
        variables.put("TZ", "UTC");
        variables.put("PGTZ", "UTC");
        variables.put("PGCLIENTENCODING", "UTF8");
        variables.put("ICU_DATA", "/pglite/icu");
        return Collections.unmodifiableMap(variables);
    }

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
