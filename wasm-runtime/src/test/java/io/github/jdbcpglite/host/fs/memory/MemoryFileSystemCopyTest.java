package io.github.jdbcpglite.host.fs.memory;

import static io.github.jdbcpglite.host.fs.FileSystemTesting.assertErrno;
import static io.github.jdbcpglite.host.fs.FileSystemTesting.exists;
import static io.github.jdbcpglite.host.fs.FileSystemTesting.names;
import static io.github.jdbcpglite.host.fs.FileSystemTesting.read;
import static io.github.jdbcpglite.host.fs.FileSystemTesting.readBytes;
import static io.github.jdbcpglite.host.fs.FileSystemTesting.textAt;
import static io.github.jdbcpglite.host.fs.FileSystemTesting.write;
import static io.github.jdbcpglite.host.fs.FileSystemTesting.writeAt;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.jdbcpglite.host.fs.Errno;
import io.github.jdbcpglite.host.fs.ErrnoException;
import io.github.jdbcpglite.host.fs.FileHandle;
import io.github.jdbcpglite.host.fs.OpenFlags;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Copies share contents block by block until written, which identity of the arrays shows. */
final class MemoryFileSystemCopyTest {
    private static final int BLOCK = FileContents.BLOCK_SIZE;
    private static final int BLOCKS = 5;

    private final MemoryFileSystem original = MemoryFileSystem.create();
    private final byte[] bytes = new byte[BLOCKS * BLOCK];

    @BeforeEach
    void fill() throws ErrnoException {
        new Random(1).nextBytes(bytes);
        original.makeDirectory("/d", 0700);
        write(original, "/d/f", bytes);
    }

    private static void assertShared(MemoryFileSystem a, MemoryFileSystem b, int... blocks)
            throws ErrnoException {
        for (int i = 0; i < BLOCKS; i++) {
            boolean expected = false;
            for (int block : blocks) {
                expected |= block == i;
            }
            assertThat(a.blockOf("/d/f", i) == b.blockOf("/d/f", i))
                    .as("block %d is shared", i)
                    .isEqualTo(expected);
        }
    }

    @Test
    void copySharesEveryBlock() throws ErrnoException {
        MemoryFileSystem copy = original.copy();
        assertShared(original, copy, 0, 1, 2, 3, 4);
        assertThat(copy.privateBytes()).isZero();
        assertThat(original.privateBytes()).isZero();
        assertThat(copy.usedBytes()).isEqualTo(original.usedBytes());
        assertThat(copy.stat("/d/f", true)).isEqualTo(original.stat("/d/f", true));
        assertThat(copy.stat("/d", true)).isEqualTo(original.stat("/d", true));
        assertThat(copy.status()).isEqualTo(original.status());
        assertThat(readBytes(copy, "/d/f")).isEqualTo(bytes);
        assertShared(original, copy, 0, 1, 2, 3, 4);
    }

    @Test
    void writingTheCopyLeavesTheOriginal() throws ErrnoException {
        MemoryFileSystem copy = original.copy();
        try (FileHandle handle = copy.open("/d/f", OpenFlags.READ_WRITE, 0)) {
            writeAt(handle, 2 * BLOCK - 1, "xy");
        }
        assertShared(original, copy, 0, 3, 4);
        assertThat(copy.privateBytes()).isEqualTo(2L * BLOCK);
        assertThat(original.privateBytes()).isZero();
        assertThat(readBytes(original, "/d/f")).isEqualTo(bytes);
    }

    @Test
    void writingTheOriginalLeavesTheCopy() throws ErrnoException {
        FileHandle handle = original.open("/d/f", OpenFlags.READ_WRITE, 0);
        MemoryFileSystem copy = original.copy();
        writeAt(handle, 0, "x");
        handle.truncate(4L * BLOCK + 1);
        handle.append(new byte[] {'y'}, 0, 1);
        handle.close();
        assertShared(original, copy, 1, 2, 3);
        assertThat(readBytes(copy, "/d/f")).isEqualTo(bytes);
        assertThat(original.privateBytes()).isEqualTo(2L * BLOCK);
    }

    @Test
    void blockWrittenTwiceIsCopiedOnce() throws ErrnoException {
        MemoryFileSystem copy = original.copy();
        try (FileHandle handle = copy.open("/d/f", OpenFlags.READ_WRITE, 0)) {
            writeAt(handle, 0, "x");
            byte[] block = copy.blockOf("/d/f", 0);
            writeAt(handle, 5, "y");
            assertThat(copy.blockOf("/d/f", 0)).isSameAs(block);
        }
    }

    @Test
    void copiesOfCopiesAreIndependent() throws ErrnoException {
        MemoryFileSystem one = original.copy();
        MemoryFileSystem two = one.copy();
        write(one, "/d/f", "one");
        try (FileHandle handle = two.open("/d/f", OpenFlags.READ_WRITE, 0)) {
            writeAt(handle, 0, "two");
            assertThat(textAt(handle, 0, 3)).isEqualTo("two");
        }
        assertThat(read(one, "/d/f")).isEqualTo("one");
        assertShared(original, two, 1, 2, 3, 4);
        MemoryFileSystem three = two.copy();
        assertShared(two, three, 0, 1, 2, 3, 4);
        assertThat(two.privateBytes()).isZero();
        assertThat(readBytes(original, "/d/f")).isEqualTo(bytes);
    }

    @Test
    void namesAreIndependent() throws ErrnoException {
        original.symbolicLink("d/f", "/link");
        MemoryFileSystem copy = original.copy();
        copy.rename("/d", "/e");
        copy.unlink("/link");
        write(original, "/new", "");
        assertThat(names(copy, "/")).containsExactly("e");
        assertThat(names(original, "/")).containsExactly("d", "link", "new");
        assertErrno(Errno.EINVAL, () -> copy.rename("/e", "/e/inside"));
        write(copy, "/inode", "");
        assertThat(copy.stat("/inode", true).inode())
                .isGreaterThan(copy.stat("/e/f", true).inode());
    }

    @Test
    void openAndRemovedFilesStayBehind() throws ErrnoException {
        try (FileHandle handle = original.open("/d/f", OpenFlags.READ_WRITE, 0)) {
            original.unlink("/d/f");
            MemoryFileSystem copy = original.copy();
            assertThat(exists(copy, "/d/f")).isFalse();
            assertThat(copy.usedBytes()).isZero();
            assertThat(handle.size()).isEqualTo(bytes.length);
        }
    }

    @Test
    void closingOneLeavesTheOther() throws ErrnoException {
        MemoryFileSystem copy = original.copy();
        original.close();
        assertThat(readBytes(copy, "/d/f")).isEqualTo(bytes);
        assertErrno(Errno.EBADF, original::copy);
    }

    @Test
    void limitHoldsForEachCopy() throws ErrnoException {
        MemoryFileSystem limited = MemoryFileSystem.builder().maxBytes(2L * BLOCK).build();
        write(limited, "/f", "x");
        MemoryFileSystem copy = limited.copy();
        write(copy, "/g", "x");
        assertErrno(Errno.ENOSPC, () -> write(copy, "/h", "x"));
        write(limited, "/h", "x");
    }
}
