package io.github.jdbcpglite.build.initdb;

import io.github.jdbcpglite.host.fs.ErrnoException;
import io.github.jdbcpglite.host.fs.memory.Devices;
import io.github.jdbcpglite.host.fs.memory.MemoryFileSystem;
import io.github.jdbcpglite.postgres.internal.distribution.Distribution;
import io.github.jdbcpglite.postgres.internal.distribution.StoredFile;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.random.RandomGenerator;

/** Files, clock and random numbers that the programs of one initdb run share. */
final class BuildHost {
    static final String DATA_DIRECTORY = "/pglite/data";
    static final Map<String, String> ENVIRONMENT = environment();

    private static final long SEED = 20260101;

    private final FixedClock clock = new FixedClock();
    private final RandomGenerator random = new Random(SEED);
    private final MemoryFileSystem files;
    private final ByteArrayOutputStream errors = new ByteArrayOutputStream();

    /**
     * Makes a host with the files that PGlite ships.
     *
     * @throws ErrnoException if two of them collide
     */
    BuildHost(Distribution image) throws ErrnoException {
        // Not the guest's clock: how often times are looked at here must not show in PGDATA.
        files = MemoryFileSystem.builder().clock(() -> 0).build();
        Devices.install(
                files,
                random,
                InputStream.nullInputStream(),
                OutputStream.nullOutputStream(),
                errors);
        for (StoredFile entry : image.bundleFiles()) {
            if (entry.isDirectory()) {
                files.addDirectory(entry.path(), entry.mode());
            } else {
                files.addFile(entry.path(), entry.load(), entry.mode());
            }
        }
    }

    private static Map<String, String> environment() {
        Map<String, String> values = new LinkedHashMap<>();
        values.put("HOME", "/home/postgres");
        values.put("USER", "postgres");
        values.put("LOGNAME", "postgres");
        values.put("PGDATA", DATA_DIRECTORY);
        values.put("ICU_DATA", "/pglite/icu");
        values.put("TZ", "UTC");
        return Collections.unmodifiableMap(values);
    }

    MemoryFileSystem files() {
        return files;
    }

    FixedClock clock() {
        return clock;
    }

    RandomGenerator random() {
        return random;
    }

    /** Returns what the programs wrote to standard error so far. */
    String errors() {
        return errors.toString(StandardCharsets.UTF_8);
    }
}
