package io.github.jdbcpglite.host.fs.memory;

import static io.github.jdbcpglite.host.fs.FileSystemTesting.assertErrno;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.jdbcpglite.engine.budget.MemoryBudget;
import io.github.jdbcpglite.host.fs.Errno;
import io.github.jdbcpglite.host.fs.ErrnoException;
import io.github.jdbcpglite.host.fs.FileHandle;
import io.github.jdbcpglite.host.fs.FileSystem;
import io.github.jdbcpglite.host.fs.OpenFlags;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Files that count against the memory of a cluster. */
class MemoryFileSystemBudgetTest {
    private static final int BLOCK = FileContents.BLOCK_SIZE;
    private static final byte[] DATA = new byte[BLOCK];
    private static final byte[] ZEROS = new byte[BLOCK];

    static {
        java.util.Arrays.fill(DATA, (byte) 7);
    }

    private final MemoryBudget budget = MemoryBudget.limitedTo(4L * BLOCK);
    private MemoryFileSystem fs;

    @BeforeEach
    void copyATemplateOfOneFile() throws ErrnoException {
        MemoryFileSystem template = MemoryFileSystem.create();
        try (FileHandle handle = create(template, "/shared")) {
            for (int i = 0; i < 3; i++) {
                handle.append(DATA, 0, BLOCK);
            }
        }
        fs = template.copy(budget, path -> path.startsWith("/wal"));
    }

    @AfterEach
    void close() {
        fs.close();
    }

    private static FileHandle create(FileSystem fs, String path) throws ErrnoException {
        return fs.open(path, OpenFlags.CREATE | OpenFlags.READ_WRITE, 0600);
    }

    private long taken() {
        return budget.takenBytes() / BLOCK;
    }

    @Test
    void whatIsSharedCountsWhenItIsWritten() throws ErrnoException {
        assertThat(taken()).isZero();
        try (FileHandle handle = create(fs, "/shared")) {
            handle.write(0, ZEROS, 0, BLOCK);
            handle.write(0, DATA, 0, BLOCK);
            assertThat(taken()).isOne();
            handle.truncate(BLOCK);
            assertThat(taken()).as("shared blocks have gone").isOne();
        }
        fs.unlink("/shared");
        assertThat(taken()).isZero();
    }

    @Test
    void zerosSetSpaceAsideThatLaterWritesUse() throws ErrnoException {
        try (FileHandle handle = create(fs, "/relation")) {
            for (int i = 0; i < 4; i++) {
                handle.append(ZEROS, 0, BLOCK);
            }
            assertThat(taken()).isEqualTo(4);
            assertThat(fs.privateBytes()).as("without an array").isZero();
            assertErrno(Errno.ENOSPC, () -> handle.append(ZEROS, 0, BLOCK));
            assertErrno(Errno.ENOSPC, () -> handle.append(DATA, 0, BLOCK));
            assertThat(handle.size()).isEqualTo(4L * BLOCK);

            for (int i = 0; i < 4; i++) {
                handle.write((long) i * BLOCK, DATA, 0, BLOCK);
            }
            assertThat(taken()).isEqualTo(4);
            byte[] read = new byte[BLOCK];
            handle.read(3L * BLOCK, read, 0, BLOCK);
            assertThat(read).isEqualTo(DATA);

            handle.truncate(BLOCK);
            assertThat(taken()).isOne();
            handle.append(DATA, 0, BLOCK);
            assertThat(taken()).isEqualTo(2);
        }
        fs.unlink("/relation");
        assertThat(taken()).isZero();
    }

    @Test
    void allocationIsAllOrNothing() throws ErrnoException {
        try (FileHandle handle = create(fs, "/relation")) {
            handle.write(BLOCK, DATA, 0, BLOCK);
            assertErrno(Errno.ENOSPC, () -> handle.allocate(0, 6L * BLOCK));
            assertThat(handle.size()).isEqualTo(2L * BLOCK);
            assertThat(taken()).isOne();

            handle.allocate(0, 4L * BLOCK);
            assertThat(handle.size()).isEqualTo(4L * BLOCK);
            assertThat(taken()).isEqualTo(4);
            handle.allocate(0, BLOCK);
            assertThat(taken()).isEqualTo(4);
        }
    }

    @Test
    void whatTheClusterCannotDoWithoutIsNotRefused() throws ErrnoException {
        try (FileHandle relation = create(fs, "/relation");
                FileHandle wal = create(fs, "/wal1")) {
            relation.allocate(0, 4L * BLOCK);
            wal.append(DATA, 0, BLOCK);
            wal.allocate(0, 2L * BLOCK);
            assertThat(taken()).isEqualTo(6);
            assertErrno(Errno.ENOSPC, () -> relation.append(DATA, 0, BLOCK));
        }
    }

    @Test
    void otherCopiesTakeNothingOfTheBudget() throws ErrnoException {
        try (FileHandle handle = create(fs, "/relation")) {
            handle.allocate(0, 2L * BLOCK);
        }
        MemoryFileSystem copy = fs.copy();
        try (FileHandle handle = create(copy, "/relation")) {
            handle.write(0, DATA, 0, BLOCK);
            handle.allocate(0, 9L * BLOCK);
        }
        assertThat(taken()).isEqualTo(2);
        MemoryBudget another = MemoryBudget.limitedTo(BLOCK);
        MemoryFileSystem limited = copy.copy(another, path -> false);
        assertThat(another.takenBytes()).as("set aside, so promised here too").isEqualTo(BLOCK);
        limited.close();
    }
}
