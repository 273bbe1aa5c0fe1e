package io.github.jdbcpglite.postgres.internal.process;

import io.github.jdbcpglite.engine.Engine;
import io.github.jdbcpglite.engine.MainModule;
import io.github.jdbcpglite.engine.budget.MemoryBudget;
import io.github.jdbcpglite.host.HostFunctionFilter;
import io.github.jdbcpglite.host.fs.FileSystem;
import io.github.jdbcpglite.host.link.SideModules;
import io.github.jdbcpglite.host.process.GuestClock;
import io.github.jdbcpglite.postgres.internal.binary.PgBinary;
import java.security.SecureRandom;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * What the processes of a cluster run and see.
 *
 * @param engine runs its modules
 * @param mainModule PostgreSQL, compiled
 * @param binary where its variables are
 * @param sideModules its shared libraries, compiled
 * @param missing what to say to whoever asks for an extension that is not there, by its name, or
 *     {@code null} for PostgreSQL's own hint
 * @param files the program's files, devices and the data directory
 * @param clock what time it is
 * @param random where keys, seeds and nonces come from
 * @param budget what its processes may take of the heap
 * @param filter is put around every host function but {@code invoke_*}
 */
public record ClusterEnvironment(
        Engine engine,
        MainModule mainModule,
        PgBinary binary,
        SideModules sideModules,
        UnaryOperator<@Nullable String> missing,
        FileSystem files,
        GuestClock clock,
        RandomGenerator random,
        MemoryBudget budget,
        HostFunctionFilter filter) {
    private static final SecureRandom SECURE_RANDOM = new SecureRandom();

    /** Makes a program whose host functions are as they are. */
    public ClusterEnvironment(
            Engine engine,
            MainModule mainModule,
            PgBinary binary,
            SideModules sideModules,
            UnaryOperator<@Nullable String> missing,
            FileSystem files,
            GuestClock clock,
            RandomGenerator random) {
        this(
                engine,
                mainModule,
                binary,
                sideModules,
                missing,
                files,
                clock,
                random,
                MemoryBudget.ofHeap(),
                HostFunctionFilter.NONE);
    }

    /** Makes a program with the clock of this JVM and secure random numbers. */
    public ClusterEnvironment(
            Engine engine,
            MainModule mainModule,
            PgBinary binary,
            SideModules sideModules,
            UnaryOperator<@Nullable String> missing,
            FileSystem files,
            MemoryBudget budget,
            HostFunctionFilter filter) {
        this(
                engine,
                mainModule,
                binary,
                sideModules,
                missing,
                files,
                GuestClock.system(),
                SECURE_RANDOM,
                budget,
                filter);
    }
}
