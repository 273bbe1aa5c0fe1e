package io.github.jdbcpglite.host.fs.memory;

import static io.github.jdbcpglite.host.fs.FileSystemTesting.WRITE;
import static io.github.jdbcpglite.host.fs.FileSystemTesting.assertErrno;
import static io.github.jdbcpglite.host.fs.FileSystemTesting.names;
import static io.github.jdbcpglite.host.fs.FileSystemTesting.read;
import static io.github.jdbcpglite.host.fs.FileSystemTesting.readBytes;
import static io.github.jdbcpglite.host.fs.FileSystemTesting.textAt;
import static io.github.jdbcpglite.host.fs.FileSystemTesting.write;
import static io.github.jdbcpglite.host.fs.FileSystemTesting.writeAt;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.jdbcpglite.host.fs.Errno;
import io.github.jdbcpglite.host.fs.ErrnoException;
import io.github.jdbcpglite.host.fs.FileHandle;
import io.github.jdbcpglite.host.fs.FileStatus;
import io.github.jdbcpglite.host.fs.OpenFlags;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Holes, limits, times, lazily read contents: what only {@link MemoryFileSystem} has. */
final class MemoryFileSystemTest {
    private static final int BLOCK = FileContents.BLOCK_SIZE;

    private final MemoryFileSystem fs = MemoryFileSystem.create();

    private static byte[] random(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }

    @Test
    void gapsTakeNoBlocks() throws ErrnoException {
        try (FileHandle handle = fs.open("/f", WRITE, 0600)) {
            writeAt(handle, 1L << 30, "end");
            assertThat(handle.size()).isEqualTo((1L << 30) + 3);
            assertThat(fs.usedBytes()).isEqualTo(BLOCK);
            handle.truncate(1L << 35);
            assertThat(fs.usedBytes()).isEqualTo(BLOCK);
            assertThat(textAt(handle, (1L << 30) - 1, 5)).isEqualTo("\0end\0");
            assertErrno(Errno.EFBIG, () -> handle.truncate(FileContents.MAX_SIZE + 1));
            assertErrno(Errno.EFBIG, () -> writeAt(handle, FileContents.MAX_SIZE, "x"));
            handle.truncate(0);
            assertThat(fs.usedBytes()).isZero();
        }
    }

    @Test
    void zerosWrittenToAHoleTakeNoBlocks() throws ErrnoException {
        try (FileHandle handle = fs.open("/f", WRITE, 0600)) {
            writeAt(handle, 0, new byte[16 * BLOCK]);
            assertThat(handle.size()).isEqualTo(16L * BLOCK);
            assertThat(fs.usedBytes()).isZero();
            writeAt(handle, BLOCK, "x");
            writeAt(handle, BLOCK, new byte[1]);
            assertThat(textAt(handle, BLOCK, 1)).isEqualTo("\0");
            assertThat(fs.usedBytes()).isEqualTo(BLOCK);
        }
    }

    @Test
    void limitEndsInNoSpace() throws ErrnoException {
        MemoryFileSystem limited = MemoryFileSystem.builder().maxBytes(3L * BLOCK).build();
        byte[] bytes = random(4 * BLOCK);
        try (FileHandle handle = limited.open("/f", WRITE, 0600)) {
            assertThat(handle.write(0, bytes, 0, 4 * BLOCK)).isEqualTo(3 * BLOCK);
            assertThat(handle.size()).isEqualTo(3L * BLOCK);
            assertErrno(Errno.ENOSPC, () -> handle.write(3L * BLOCK, bytes, 0, 1));
            assertErrno(Errno.ENOSPC, () -> handle.append(bytes, 0, 1));
            assertThat(handle.size()).isEqualTo(3L * BLOCK);
            assertThat(handle.write(0, bytes, 0, BLOCK)).isEqualTo(BLOCK);
            assertErrno(Errno.ENOSPC, () -> limited.addFile("/g", bytes, 0600));
            assertThat(limited.status().freeBlocks()).isZero();
            limited.unlink("/f");
            assertErrno(Errno.ENOSPC, () -> write(limited, "/g", "x"));
        }
        assertThat(limited.status().freeBlocks()).isEqualTo(3);
        write(limited, "/g", "x");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> MemoryFileSystem.builder().maxBytes(-1));
    }

    @Test
    void limitCountsZerosBecauseTheyAreWrittenToReserveSpace() throws ErrnoException {
        MemoryFileSystem limited = MemoryFileSystem.builder().maxBytes(2L * BLOCK).build();
        try (FileHandle handle = limited.open("/f", WRITE, 0600)) {
            assertThat(handle.write(0, new byte[3 * BLOCK], 0, 3 * BLOCK)).isEqualTo(2 * BLOCK);
            assertThat(handle.write(0, random(BLOCK), 0, BLOCK)).isEqualTo(BLOCK);
        }
    }

    @Test
    void smallFilesAreKeptShort() throws ErrnoException {
        write(fs, "/f", "18\n");
        byte[] block = fs.blockOf("/f", 0);
        assertThat(block).isNotNull().hasSizeLessThan(100);
        try (FileHandle handle = fs.open("/f", WRITE, 0600)) {
            for (int i = 3; i < 3 * BLOCK; i++) {
                handle.append(new byte[] {(byte) i}, 0, 1);
            }
        }
        byte[] contents = readBytes(fs, "/f");
        for (int i = 3; i < 3 * BLOCK; i++) {
            assertThat(contents[i]).isEqualTo((byte) i);
        }
    }

    @Test
    void removingFreesBlocksAndInodes() throws ErrnoException {
        long free = fs.status().freeInodes();
        write(fs, "/f", random(BLOCK));
        write(fs, "/g", random(BLOCK));
        fs.makeDirectory("/d", 0700);
        assertThat(fs.status().freeInodes()).isEqualTo(free - 3);
        FileHandle handle = fs.open("/g", OpenFlags.READ_ONLY, 0);
        fs.rename("/f", "/g");
        assertThat(fs.usedBytes()).isEqualTo(2L * BLOCK);
        handle.close();
        assertThat(fs.usedBytes()).isEqualTo(BLOCK);
        fs.unlink("/g");
        fs.removeDirectory("/d");
        assertThat(fs.usedBytes()).isZero();
        assertThat(fs.status().freeInodes()).isEqualTo(free);
    }

    @Test
    void timesComeFromTheClock() throws ErrnoException {
        AtomicLong now = new AtomicLong(10);
        MemoryFileSystem timed = MemoryFileSystem.builder().clock(now::get).build();
        now.set(20);
        write(timed, "/f", "");
        assertThat(timed.stat("/", true).modifyNanos()).isEqualTo(20);
        now.set(30);
        write(timed, "/f", "text");
        now.set(40);
        timed.setMode("/f", 0600);
        FileStatus status = timed.stat("/f", true);
        assertThat(status.accessNanos()).isEqualTo(20);
        assertThat(status.modifyNanos()).isEqualTo(30);
        assertThat(status.changeNanos()).isEqualTo(40);
        now.set(50);
        timed.unlink("/f");
        assertThat(timed.stat("/", true).changeNanos()).isEqualTo(50);
    }

    @Test
    void directoriesCountTheirLinks() throws ErrnoException {
        fs.makeDirectory("/a", 0700);
        fs.makeDirectory("/b", 0700);
        fs.makeDirectory("/a/c", 0700);
        assertThat(fs.stat("/", true).linkCount()).isEqualTo(4);
        fs.rename("/a/c", "/b/c");
        assertThat(fs.stat("/a", true).linkCount()).isEqualTo(2);
        assertThat(fs.stat("/b", true).linkCount()).isEqualTo(3);
        fs.removeDirectory("/b/c");
        assertThat(fs.stat("/b", true).linkCount()).isEqualTo(2);
    }

    @Test
    void parentOfTheRootIsTheRoot() throws ErrnoException {
        write(fs, "/f", "text");
        fs.symbolicLink("../../f", "/link");
        assertThat(read(fs, "/link")).isEqualTo("text");
    }

    @Test
    void lazyContentsAreReadOnceForAllCopies() throws ErrnoException {
        AtomicInteger reads = new AtomicInteger();
        byte[] bytes = random(3 * BLOCK + 1);
        ContentSource source =
                () -> {
                    reads.incrementAndGet();
                    return bytes;
                };
        fs.addDirectory("/share/tz", 0755);
        fs.addFile("/share/tz/f", bytes.length, source, 0444);
        MemoryFileSystem copy = fs.copy();
        assertThat(copy.stat("/share/tz/f", true).size()).isEqualTo(bytes.length);
        assertThat(copy.stat("/share/tz/f", true).mode()).isEqualTo(0444);
        assertThat(copy.usedBytes()).isEqualTo(4L * BLOCK);
        assertThat(names(fs, "/share/tz")).containsExactly("f");
        assertThat(reads).hasValue(0);
        assertThat(readBytes(copy, "/share/tz/f")).isEqualTo(bytes);
        assertThat(readBytes(fs, "/share/tz/f")).isEqualTo(bytes);
        assertThat(reads).hasValue(1);
        assertThat(fs.blockOf("/share/tz/f", 1)).isSameAs(copy.blockOf("/share/tz/f", 1));
    }

    @Test
    void addedContentsAreNeverModified() throws ErrnoException {
        byte[] bytes = "contents".getBytes(StandardCharsets.UTF_8);
        fs.addFile("/f", bytes, 0644);
        try (FileHandle handle = fs.open("/f", OpenFlags.READ_WRITE, 0)) {
            writeAt(handle, 0, "C");
            handle.truncate(3);
        }
        assertThat(read(fs, "/f")).isEqualTo("Con");
        assertThat(bytes).asString(StandardCharsets.UTF_8).isEqualTo("contents");
        fs.addFile("/g", bytes, 0644);
        fs.open("/g", OpenFlags.WRITE_ONLY | OpenFlags.TRUNCATE, 0).close();
        assertThat(read(fs, "/g")).isEmpty();
    }

    @Test
    void unreadableContentsAreAnInputError() throws ErrnoException {
        AtomicInteger attempts = new AtomicInteger();
        fs.addFile(
                "/f",
                2,
                () -> {
                    if (attempts.getAndIncrement() == 0) {
                        throw new IOException("on purpose");
                    }
                    return new byte[] {'o', 'k'};
                },
                0644);
        fs.addFile("/wrong", 5, () -> new byte[4], 0644);
        assertErrno(Errno.EIO, () -> read(fs, "/f"));
        assertThat(read(fs, "/f")).isEqualTo("ok");
        assertErrno(Errno.EIO, () -> read(fs, "/wrong"));
    }

    @Test
    void addingIsExclusive() throws ErrnoException {
        fs.addFile("/f", new byte[1], 0644);
        assertErrno(Errno.EEXIST, () -> fs.addFile("/f", new byte[1], 0644));
        assertErrno(Errno.ENOENT, () -> fs.addFile("/none/f", new byte[1], 0644));
        assertErrno(Errno.ENOTDIR, () -> fs.addDirectory("/f", 0755));
        assertErrno(Errno.ENOTDIR, () -> fs.addDirectory("/f/d", 0755));
        assertErrno(Errno.EEXIST, () -> fs.addDevice("/f", Devices.zeros(), 0666));
        assertErrno(Errno.EFBIG, () -> fs.addFile("/g", 1L << 32, () -> new byte[0], 0644));
        fs.addDirectory("/", 0700);
        fs.addDirectory("/a/b/c", 0755);
        fs.addDirectory("/a/b", 0700);
        assertThat(fs.stat("/a/b", true).mode()).isEqualTo(0755);
    }
}
