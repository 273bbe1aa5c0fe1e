package io.github.jdbcpglite.host.fs;

import static io.github.jdbcpglite.host.fs.FileSystemTesting.WRITE;
import static io.github.jdbcpglite.host.fs.FileSystemTesting.names;
import static io.github.jdbcpglite.host.fs.FileSystemTesting.readBytes;
import static io.github.jdbcpglite.host.fs.FileSystemTesting.write;
import static io.github.jdbcpglite.host.fs.FileSystemTesting.writeAt;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.jdbcpglite.host.fs.directory.HostFileSystem;
import io.github.jdbcpglite.host.fs.memory.FileContents;
import io.github.jdbcpglite.host.fs.memory.MemoryFileSystem;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Several threads on one file system; each test prints its seed and ends by a deadline. */
final class FileSystemConcurrencyTest {
    private static final int THREADS = 4;
    private static final int ROUNDS = 500;
    private static final int DEADLINE_SECONDS = 60;
    private static final int BLOCK = FileContents.BLOCK_SIZE;

    private final long seed = System.nanoTime();
    private final ExecutorService executor =
            Executors.newFixedThreadPool(THREADS, task -> new Thread(task, "fs-test"));
    @TempDir Path directory;

    @AfterEach
    void stop() throws InterruptedException {
        executor.shutdown();
        assertThat(executor.awaitTermination(DEADLINE_SECONDS, TimeUnit.SECONDS)).isTrue();
    }

    private FileSystem create(String kind) throws Exception {
        return kind.equals("memory") ? MemoryFileSystem.create() : HostFileSystem.open(directory);
    }

    /** What one thread does. */
    private interface Work {
        void run(int thread, Random random) throws Exception;
    }

    private void together(Work work) throws Exception {
        List<Callable<Boolean>> tasks = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            int thread = i;
            tasks.add(
                    () -> {
                        work.run(thread, new Random(seed + thread));
                        return true;
                    });
        }
        for (Future<Boolean> result :
                executor.invokeAll(tasks, DEADLINE_SECONDS, TimeUnit.SECONDS)) {
            assertThat(result.isCancelled()).as("past the deadline, seed %d", seed).isFalse();
            assertThat(result.get()).as("seed %d", seed).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"memory", "host"})
    void appendedRecordsAreNeitherLostNorTorn(String kind) throws Exception {
        try (FileSystem fs = create(kind)) {
            together(
                    (thread, random) -> {
                        try (FileHandle handle = fs.open("/log", WRITE, 0600)) {
                            for (int i = 0; i < ROUNDS; i++) {
                                ByteBuffer record = ByteBuffer.allocate(8);
                                record.putInt(thread).putInt(i);
                                handle.append(record.array(), 0, 8);
                            }
                        }
                    });
            ByteBuffer log = ByteBuffer.wrap(readBytes(fs, "/log"));
            int[] next = new int[THREADS];
            while (log.hasRemaining()) {
                int thread = log.getInt();
                assertThat(log.getInt()).as("seed %d", seed).isEqualTo(next[thread]++);
            }
            assertThat(next).containsOnly(ROUNDS);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"memory", "host"})
    void exclusiveCreationHasOneWinner(String kind) throws Exception {
        AtomicInteger wins = new AtomicInteger();
        try (FileSystem fs = create(kind)) {
            together(
                    (thread, random) -> {
                        for (int i = 0; i < ROUNDS; i++) {
                            int flags = WRITE | OpenFlags.EXCLUSIVE;
                            try (FileHandle handle = fs.open("/f" + i, flags, 0600)) {
                                wins.incrementAndGet();
                                handle.append(new byte[1], 0, 1);
                            } catch (ErrnoException e) {
                                assertThat(e.errno()).isEqualTo(Errno.EEXIST);
                            }
                        }
                    });
            assertThat(wins).as("seed %d", seed).hasValue(ROUNDS);
            for (int i = 0; i < ROUNDS; i++) {
                assertThat(fs.stat("/f" + i, true).size()).isEqualTo(1);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"memory", "host"})
    void renamesLoseNothing(String kind) throws Exception {
        try (FileSystem fs = create(kind)) {
            for (int i = 0; i < THREADS; i++) {
                fs.makeDirectory("/d" + i, 0700);
            }
            write(fs, "/d0/token", "token");
            together(
                    (thread, random) -> {
                        for (int i = 0; i < ROUNDS; i++) {
                            String from = "/d" + random.nextInt(THREADS) + "/token";
                            String to = "/d" + random.nextInt(THREADS) + "/token";
                            Errno errno = FileSystemTesting.errnoOf(() -> fs.rename(from, to));
                            assertThat(errno).isIn(null, Errno.ENOENT);
                        }
                    });
            int found = 0;
            for (int i = 0; i < THREADS; i++) {
                found += names(fs, "/d" + i).size();
            }
            assertThat(found).as("seed %d", seed).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"memory", "host"})
    void everythingAtOnceFailsOnlyAsPosixAllows(String kind) throws Exception {
        try (FileSystem fs = create(kind)) {
            fs.makeDirectory("/d", 0700);
            together(
                    (thread, random) -> {
                        for (int i = 0; i < ROUNDS; i++) {
                            String path = "/d/" + random.nextInt(4);
                            String other = "/d/" + random.nextInt(4);
                            Errno errno =
                                    FileSystemTesting.errnoOf(
                                            () -> anything(fs, path, other, random));
                            assertThat(errno).as("seed %d", seed).isIn(null, Errno.ENOENT);
                        }
                    });
            for (String name : names(fs, "/d")) {
                fs.unlink("/d/" + name);
            }
            if (fs instanceof MemoryFileSystem memory) {
                assertThat(memory.usedBytes()).as("seed %d", seed).isZero();
            }
        }
    }

    private static void anything(FileSystem fs, String path, String other, Random random)
            throws ErrnoException {
        switch (random.nextInt(4)) {
            case 0 -> fs.unlink(path);
            case 1 -> fs.rename(path, other);
            case 2 -> fs.list("/d");
            default -> {
                try (FileHandle handle = fs.open(path, WRITE, 0600)) {
                    byte[] block = new byte[BLOCK];
                    random.nextBytes(block);
                    writeAt(handle, random.nextInt(3) * (long) BLOCK, block);
                    handle.truncate(random.nextInt(2 * BLOCK));
                    handle.read(0, block, 0, BLOCK);
                    handle.status();
                    handle.sync(true);
                }
            }
        }
    }

    @Test
    void copiesTakenWhileWritingHoldWholeWrites() throws Exception {
        MemoryFileSystem fs = MemoryFileSystem.create();
        AtomicBoolean writing = new AtomicBoolean(true);
        write(fs, "/f", new byte[4 * BLOCK]);
        together(
                (thread, random) -> {
                    if (thread == 0) {
                        for (int i = 0; i < ROUNDS / 5; i++) {
                            MemoryFileSystem copy = fs.copy();
                            byte[] first = readBytes(copy, "/f");
                            assertUniformBlocks(first);
                            assertThat(readBytes(copy, "/f")).isEqualTo(first);
                        }
                        writing.set(false);
                        return;
                    }
                    try (FileHandle handle = fs.open("/f", OpenFlags.READ_WRITE, 0)) {
                        byte[] block = new byte[BLOCK];
                        while (writing.get()) {
                            Arrays.fill(block, (byte) random.nextInt(256));
                            writeAt(handle, random.nextInt(4) * (long) BLOCK, block);
                        }
                    }
                });
    }

    private void assertUniformBlocks(byte[] contents) {
        for (int i = 0; i < contents.length; i++) {
            if (contents[i] != contents[i - i % BLOCK]) {
                throw new AssertionError("A torn block at " + i + ", seed " + seed);
            }
        }
    }
}
