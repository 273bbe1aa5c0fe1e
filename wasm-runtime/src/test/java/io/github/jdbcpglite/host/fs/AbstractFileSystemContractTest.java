package io.github.jdbcpglite.host.fs;

import static io.github.jdbcpglite.host.fs.FileSystemTesting.WRITE;
import static io.github.jdbcpglite.host.fs.FileSystemTesting.assertErrno;
import static io.github.jdbcpglite.host.fs.FileSystemTesting.names;
import static io.github.jdbcpglite.host.fs.FileSystemTesting.read;
import static io.github.jdbcpglite.host.fs.FileSystemTesting.textAt;
import static io.github.jdbcpglite.host.fs.FileSystemTesting.write;
import static io.github.jdbcpglite.host.fs.FileSystemTesting.writeAt;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What every {@link FileSystem} owes of POSIX: open files and their contents here, names in {@link
 * AbstractNamesContractTest}, links in {@link AbstractLinksContractTest}. The order of checks where
 * several errnos fit is that of Linux.
 */
abstract class AbstractFileSystemContractTest {
    protected FileSystem fs;

    /** Returns an empty file system; the test closes it. */
    public abstract FileSystem create() throws Exception;

    @BeforeEach
    void createFileSystem() throws Exception {
        fs = create();
    }

    @AfterEach
    void closeFileSystem() throws ErrnoException {
        fs.close();
    }

    @Test
    void createdFileHasTheModeAskedForAndNoContents() throws ErrnoException {
        try (FileHandle handle = fs.open("/f", WRITE, 0640)) {
            FileStatus status = handle.status();
            assertThat(status.type()).isEqualTo(FileType.REGULAR);
            assertThat(status.mode()).isEqualTo(0640);
            assertThat(status.size()).isZero();
            assertThat(status.linkCount()).isEqualTo(1);
            assertThat(handle.isStream()).isFalse();
        }
    }

    @Test
    void umaskOfTheHostDoesNotApply() throws ErrnoException {
        fs.open("/f", WRITE, 0666).close();
        fs.makeDirectory("/d", 0777);
        assertThat(fs.stat("/f", true).mode()).isEqualTo(0666);
        assertThat(fs.stat("/d", true).mode()).isEqualTo(0777);
    }

    @Test
    void openingWhatDoesNotExist() throws ErrnoException {
        write(fs, "/f", "x");
        assertErrno(Errno.ENOENT, () -> fs.open("/none", OpenFlags.READ_ONLY, 0));
        assertErrno(Errno.ENOENT, () -> fs.open("/none/f", WRITE, 0600));
        assertErrno(Errno.ENOTDIR, () -> fs.open("/f/x", OpenFlags.READ_ONLY, 0));
        assertErrno(Errno.ENOTDIR, () -> fs.open("/f/x", WRITE, 0600));
        assertErrno(Errno.ENOTDIR, () -> fs.open("/f/x/y", OpenFlags.READ_ONLY, 0));
    }

    @Test
    void creatingExclusivelyFailsOnAnythingThere() throws ErrnoException {
        int exclusive = WRITE | OpenFlags.EXCLUSIVE;
        fs.makeDirectory("/d", 0700);
        fs.open("/f", exclusive, 0600).close();
        assertErrno(Errno.EEXIST, () -> fs.open("/f", exclusive, 0600));
        assertErrno(Errno.EEXIST, () -> fs.open("/d", exclusive, 0600));
    }

    @Test
    void openingADirectory() throws ErrnoException {
        fs.makeDirectory("/d", 0700);
        assertErrno(Errno.EISDIR, () -> fs.open("/d", OpenFlags.WRITE_ONLY, 0));
        assertErrno(Errno.EISDIR, () -> fs.open("/d", OpenFlags.READ_WRITE, 0));
        assertErrno(Errno.EISDIR, () -> fs.open("/d", OpenFlags.CREATE, 0600));
        assertErrno(Errno.EISDIR, () -> fs.open("/d", OpenFlags.TRUNCATE, 0600));
        int directory = OpenFlags.READ_ONLY | OpenFlags.DIRECTORY;
        try (FileHandle handle = fs.open("/d", directory, 0)) {
            byte[] buffer = new byte[1];
            assertThat(handle.status().type()).isEqualTo(FileType.DIRECTORY);
            assertErrno(Errno.EISDIR, () -> handle.read(0, buffer, 0, 1));
            assertErrno(Errno.EBADF, () -> handle.write(0, buffer, 0, 1));
            assertErrno(Errno.EBADF, () -> handle.append(buffer, 0, 1));
            assertErrno(Errno.EINVAL, () -> handle.truncate(0));
            handle.sync(false);
        }
        try (FileHandle root = fs.open("/", directory, 0)) {
            root.sync(true);
        }
    }

    @Test
    void openingAFileAsDirectory() throws ErrnoException {
        write(fs, "/f", "x");
        assertErrno(Errno.ENOTDIR, () -> fs.open("/f", OpenFlags.DIRECTORY, 0));
        assertErrno(
                Errno.EINVAL, () -> fs.open("/new", OpenFlags.DIRECTORY | OpenFlags.CREATE, 0600));
        assertErrno(Errno.EINVAL, () -> fs.open("/f", OpenFlags.ACCESS_MODE, 0));
    }

    @Test
    void accessModeIsKept() throws ErrnoException {
        byte[] buffer = new byte[4];
        write(fs, "/f", "text");
        try (FileHandle reader = fs.open("/f", OpenFlags.READ_ONLY, 0)) {
            assertErrno(Errno.EBADF, () -> reader.write(0, buffer, 0, 1));
            assertErrno(Errno.EBADF, () -> reader.append(buffer, 0, 1));
            assertErrno(Errno.EINVAL, () -> reader.truncate(0));
        }
        try (FileHandle writer = fs.open("/f", OpenFlags.WRITE_ONLY, 0)) {
            assertErrno(Errno.EBADF, () -> writer.read(0, buffer, 0, 1));
            writeAt(writer, 0, "T");
        }
        assertThat(read(fs, "/f")).isEqualTo("Text");
    }

    @Test
    void truncatingWhenOpened() throws ErrnoException {
        write(fs, "/f", "text");
        fs.open("/f", OpenFlags.READ_WRITE | OpenFlags.TRUNCATE, 0).close();
        assertThat(fs.stat("/f", true).size()).isZero();
    }

    @Test
    void readsAndWritesAtPositions() throws ErrnoException {
        byte[] buffer = "--------".getBytes(StandardCharsets.US_ASCII);
        try (FileHandle handle = fs.open("/f", WRITE, 0600)) {
            writeAt(handle, 0, "hello world");
            writeAt(handle, 6, "WO");
            assertThat(handle.read(6, buffer, 2, 3)).isEqualTo(3);
            assertThat(new String(buffer, StandardCharsets.US_ASCII)).isEqualTo("--WOr---");
            assertThat(textAt(handle, 9, 100)).isEqualTo("ld");
            assertThat(handle.read(11, buffer, 0, 4)).isZero();
            assertThat(handle.read(1L << 40, buffer, 0, 4)).isZero();
            assertThat(handle.read(0, buffer, 0, 0)).isZero();
            assertThat(handle.write(100, buffer, 0, 0)).isZero();
            assertThat(handle.size()).isEqualTo(11);
            assertErrno(Errno.EINVAL, () -> handle.read(-1, buffer, 0, 1));
            assertErrno(Errno.EINVAL, () -> handle.write(-1, buffer, 0, 1));
        }
    }

    @Test
    void gapsReadAsZeros() throws ErrnoException {
        try (FileHandle handle = fs.open("/f", WRITE, 0600)) {
            writeAt(handle, 0, "ab");
            writeAt(handle, 20_000, "yz");
            assertThat(handle.size()).isEqualTo(20_002);
            assertThat(textAt(handle, 0, 4)).isEqualTo("ab\0\0");
            assertThat(textAt(handle, 19_998, 9)).isEqualTo("\0\0yz");
            assertThat(textAt(handle, 8_190, 4)).isEqualTo("\0\0\0\0");
        }
    }

    @Test
    void truncatingShortensAndExtendsWithZeros() throws ErrnoException {
        try (FileHandle handle = fs.open("/f", WRITE, 0600)) {
            writeAt(handle, 0, "hello");
            handle.truncate(2);
            assertThat(read(fs, "/f")).isEqualTo("he");
            handle.truncate(5);
            assertThat(read(fs, "/f")).isEqualTo("he\0\0\0");
            handle.truncate(20_000);
            writeAt(handle, 16_384, "tail");
            handle.truncate(16_386);
            handle.truncate(16_390);
            assertThat(textAt(handle, 16_383, 20)).isEqualTo("\0ta\0\0\0\0");
            handle.truncate(0);
            assertThat(handle.size()).isZero();
            assertErrno(Errno.EINVAL, () -> handle.truncate(-1));
        }
    }

    @Test
    void appendingWritesAtTheEndOfNow() throws ErrnoException {
        byte[] text = {'x', 'y'};
        try (FileHandle one = fs.open("/f", WRITE, 0600);
                FileHandle two = fs.open("/f", OpenFlags.WRITE_ONLY, 0600)) {
            assertThat(one.append(text, 0, 2)).isEqualTo(2);
            assertThat(two.append(text, 1, 1)).isEqualTo(1);
            one.append(text, 0, 1);
            assertThat(textAt(one, 0, 9)).isEqualTo("xyyx");
        }
    }

    @Test
    void handlesOnOneFileSeeEachOther() throws ErrnoException {
        try (FileHandle one = fs.open("/f", WRITE, 0600);
                FileHandle two = fs.open("/f", OpenFlags.READ_ONLY, 0)) {
            writeAt(one, 0, "text");
            assertThat(textAt(two, 0, 9)).isEqualTo("text");
            assertThat(two.status().inode()).isEqualTo(one.status().inode());
            one.truncate(1);
            assertThat(two.size()).isEqualTo(1);
        }
    }

    @Test
    void removedFileLivesUntilTheLastHandleCloses() throws ErrnoException {
        write(fs, "/f", "text");
        try (FileHandle handle = fs.open("/f", OpenFlags.READ_WRITE, 0)) {
            long inode = handle.status().inode();
            fs.unlink("/f");
            assertErrno(Errno.ENOENT, () -> fs.stat("/f", true));
            write(fs, "/f", "other");
            writeAt(handle, 4, "!");
            assertThat(textAt(handle, 0, 9)).isEqualTo("text!");
            assertThat(handle.status().linkCount()).isZero();
            assertThat(handle.status().size()).isEqualTo(5);
            assertThat(handle.status().inode()).isEqualTo(inode);
            assertThat(fs.stat("/f", true).inode()).isNotEqualTo(inode);
            handle.truncate(1);
            handle.setMode(0400);
            assertThat(handle.status().mode()).isEqualTo(0400);
            handle.sync(false);
        }
        assertThat(read(fs, "/f")).isEqualTo("other");
    }

    @Test
    void replacedFileLivesUntilTheLastHandleCloses() throws ErrnoException {
        write(fs, "/old", "old");
        write(fs, "/new", "new");
        try (FileHandle replaced = fs.open("/old", OpenFlags.READ_ONLY, 0);
                FileHandle moved = fs.open("/new", OpenFlags.READ_WRITE, 0)) {
            fs.rename("/new", "/old");
            assertThat(textAt(replaced, 0, 9)).isEqualTo("old");
            assertThat(replaced.status().linkCount()).isZero();
            writeAt(moved, 3, "er");
            assertThat(moved.status()).isEqualTo(fs.stat("/old", true));
        }
        assertThat(read(fs, "/old")).isEqualTo("newer");
        assertThat(names(fs, "/")).containsExactly("old");
    }

    @Test
    void handleFollowsItsFileThroughRenames() throws ErrnoException {
        fs.makeDirectory("/d", 0700);
        write(fs, "/d/f", "text");
        try (FileHandle handle = fs.open("/d/f", OpenFlags.READ_WRITE, 0)) {
            fs.rename("/d", "/e");
            fs.rename("/e/f", "/g");
            handle.setMode(0604);
            assertThat(handle.status()).isEqualTo(fs.stat("/g", true));
            assertThat(fs.stat("/g", true).mode()).isEqualTo(0604);
        }
    }

    @Test
    void closedHandleIsRefused() throws ErrnoException {
        byte[] buffer = new byte[1];
        FileHandle handle = fs.open("/f", WRITE, 0600);
        FileHandle other = fs.open("/f", OpenFlags.READ_WRITE, 0);
        handle.close();
        handle.close();
        assertErrno(Errno.EBADF, () -> handle.read(0, buffer, 0, 1));
        assertErrno(Errno.EBADF, () -> handle.write(0, buffer, 0, 1));
        assertErrno(Errno.EBADF, () -> handle.append(buffer, 0, 1));
        assertErrno(Errno.EBADF, handle::size);
        assertErrno(Errno.EBADF, handle::status);
        assertErrno(Errno.EBADF, () -> handle.truncate(0));
        assertErrno(Errno.EBADF, () -> handle.sync(true));
        assertErrno(Errno.EBADF, () -> handle.setMode(0));
        writeAt(other, 0, "still open");
        other.close();
    }

    @Test
    void closedFileSystemIsRefused() throws ErrnoException {
        FileHandle handle = fs.open("/f", WRITE, 0600);
        fs.close();
        fs.close();
        assertErrno(Errno.EBADF, () -> handle.read(0, new byte[1], 0, 1));
        assertErrno(Errno.EBADF, () -> handle.write(0, new byte[1], 0, 1));
        assertErrno(Errno.EBADF, () -> fs.stat("/f", true));
        assertErrno(Errno.EBADF, () -> fs.open("/f", OpenFlags.READ_ONLY, 0));
        handle.close();
    }

    @Test
    void largeContentsComeBack() throws ErrnoException {
        byte[] bytes = new byte[100_003];
        new Random(7).nextBytes(bytes);
        write(fs, "/f", bytes);
        assertThat(FileSystemTesting.readBytes(fs, "/f")).isEqualTo(bytes);
    }

    @Test
    void capacityIsKnown() throws ErrnoException {
        FileSystemStatus status = fs.status();
        assertThat(status.blockSize()).isPositive();
        assertThat(status.totalBlocks()).isPositive();
        assertThat(status.freeBlocks()).isBetween(0L, status.totalBlocks());
    }
}
