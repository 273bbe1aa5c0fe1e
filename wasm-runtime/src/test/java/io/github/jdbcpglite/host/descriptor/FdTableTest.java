package io.github.jdbcpglite.host.descriptor;

import static io.github.jdbcpglite.host.fs.FileSystemTesting.WRITE;
import static io.github.jdbcpglite.host.fs.FileSystemTesting.assertErrno;
import static io.github.jdbcpglite.host.fs.FileSystemTesting.exists;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.jdbcpglite.host.fs.Errno;
import io.github.jdbcpglite.host.fs.ErrnoException;
import io.github.jdbcpglite.host.fs.FaultInjectingFileSystem;
import io.github.jdbcpglite.host.fs.LeakCheckingFileSystem;
import io.github.jdbcpglite.host.fs.OpenFlags;
import io.github.jdbcpglite.host.fs.memory.MemoryFileSystem;
import org.junit.jupiter.api.Test;

final class FdTableTest {
    private final LeakCheckingFileSystem fs = new LeakCheckingFileSystem(MemoryFileSystem.create());
    private final FdTable table = new FdTable(100);

    private int open(String path) throws ErrnoException {
        return table.open(fs, path, WRITE, 0600);
    }

    @Test
    void lowestFreeDescriptorComesNext() throws ErrnoException {
        for (int i = 0; i < 5; i++) {
            assertThat(open("/f" + i)).isEqualTo(i);
        }
        table.close(3);
        table.close(1);
        assertThat(table.descriptors()).containsExactly(0, 2, 4);
        assertThat(open("/g")).isEqualTo(1);
        assertThat(table.dup(0)).isEqualTo(3);
        assertThat(table.dup(0)).isEqualTo(5);
        assertThat(table.size()).isEqualTo(6);
        table.closeAll();
        assertThat(table.size()).isZero();
        fs.assertNoLeaks();
    }

    @Test
    void duplicatesShareTheOffset() throws ErrnoException {
        int fd = open("/f");
        int copy = table.dup(fd);
        table.get(fd).write(new byte[] {1, 2, 3}, 0, 3);
        assertThat(table.get(copy)).isSameAs(table.get(fd));
        assertThat(table.get(copy).offset()).isEqualTo(3);
        table.close(fd);
        assertThat(table.get(copy).seek(0, OpenFile.SEEK_SET)).isZero();
        assertThat(fs.openHandles()).isEqualTo(1);
        table.close(copy);
        fs.assertNoLeaks();
    }

    @Test
    void separateOpensHaveTheirOwnOffset() throws ErrnoException {
        int one = open("/f");
        int two = open("/f");
        table.get(one).write(new byte[3], 0, 3);
        assertThat(table.get(two).offset()).isZero();
        table.closeAll();
    }

    @Test
    void dupFromAMinimum() throws ErrnoException {
        int fd = open("/f");
        assertThat(table.dup(fd, 90)).isEqualTo(90);
        assertThat(table.dup(fd, 90)).isEqualTo(91);
        assertThat(table.dup(fd)).isEqualTo(1);
        assertErrno(Errno.EINVAL, () -> table.dup(fd, -1));
        assertErrno(Errno.EINVAL, () -> table.dup(fd, 100));
        assertErrno(Errno.EBADF, () -> table.dup(50));
        assertErrno(Errno.EBADF, () -> table.dup(-1));
        table.closeAll();
        fs.assertNoLeaks();
    }

    @Test
    void dup2ReplacesAndDup3RefusesTheSame() throws ErrnoException {
        int one = open("/one");
        int two = open("/two");
        assertThat(table.dup2(one, two)).isEqualTo(two);
        assertThat(table.get(two)).isSameAs(table.get(one));
        assertThat(fs.openHandles()).isEqualTo(1);
        assertThat(table.dup2(one, one)).isEqualTo(one);
        assertThat(table.dup2(one, 77)).isEqualTo(77);
        assertThat(table.dup3(one, 78)).isEqualTo(78);
        assertErrno(Errno.EINVAL, () -> table.dup3(one, one));
        assertErrno(Errno.EBADF, () -> table.dup2(50, 50));
        assertErrno(Errno.EBADF, () -> table.dup2(50, one));
        assertErrno(Errno.EBADF, () -> table.dup2(one, 100));
        assertErrno(Errno.EBADF, () -> table.dup2(one, -1));
        assertThat(table.descriptors()).containsExactly(0, 1, 77, 78);
        table.closeAll();
        fs.assertNoLeaks();
    }

    @Test
    void thousandDuplicatesAsPostgresCountsUsableDescriptors() throws ErrnoException {
        FdTable large = new FdTable(1003);
        int fd = large.open(fs, "/f", WRITE, 0600);
        for (int i = 1; i <= 1002; i++) {
            assertThat(large.dup(fd)).isEqualTo(i);
        }
        assertErrno(Errno.EMFILE, () -> large.dup(fd));
        assertThat(fs.openHandles()).isEqualTo(1);
        for (int i = 1; i <= 1002; i++) {
            large.close(i);
        }
        assertThat(large.dup(fd)).isEqualTo(1);
        large.closeAll();
        fs.assertNoLeaks();
    }

    @Test
    void limitLeavesNothingOpen() throws ErrnoException {
        FdTable small = new FdTable(1);
        small.open(fs, "/f", WRITE, 0600);
        assertErrno(Errno.EMFILE, () -> small.open(fs, "/g", WRITE, 0600));
        assertThat(exists(fs, "/g")).isFalse();
        assertThat(fs.openHandles()).isEqualTo(1);
        small.closeAll();
        assertThatIllegalArgumentException().isThrownBy(() -> new FdTable(0));
    }

    @Test
    void unknownDescriptors() throws ErrnoException {
        assertErrno(Errno.EBADF, () -> table.get(0));
        assertErrno(Errno.EBADF, () -> table.get(-1));
        assertErrno(Errno.EBADF, () -> table.get(1_000_000));
        assertErrno(Errno.EBADF, () -> table.close(0));
        assertErrno(Errno.ENOENT, () -> table.open(fs, "/none", OpenFlags.READ_ONLY, 0));
        assertThat(table.size()).isZero();
    }

    @Test
    void copySharesOpenFilesAndIsIndependent() throws ErrnoException {
        int fd = open("/f");
        open("/g");
        FdTable child = table.copy();
        table.get(fd).write(new byte[2], 0, 2);
        assertThat(child.get(fd).offset()).isEqualTo(2);
        child.close(fd);
        assertThat(fs.openHandles()).isEqualTo(2);
        assertThat(child.open(fs, "/h", WRITE, 0600)).isEqualTo(fd);
        assertThat(table.get(fd).path()).isEqualTo("/f");
        table.closeAll();
        assertThat(child.descriptors()).containsExactly(0, 1);
        assertThat(fs.openHandles()).isEqualTo(2);
        child.closeAll();
        fs.assertNoLeaks();
    }

    @Test
    void standardStreamsMustExist() {
        assertErrno(Errno.ENOENT, () -> FdTable.withStandardStreams(fs, 10));
        fs.assertNoLeaks();
    }

    @Test
    void failureToCloseStillFreesEverything() throws ErrnoException {
        FaultInjectingFileSystem faulty = new FaultInjectingFileSystem(fs);
        faulty.fail(FaultInjectingFileSystem.Operation.CLOSE, "/f", 1, Errno.EIO);
        int fd = table.open(faulty, "/f", WRITE, 0600);
        table.open(faulty, "/g", WRITE, 0600);
        assertThat(fd).isZero();
        assertErrno(Errno.EIO, table::closeAll);
        assertThat(table.size()).isZero();
        fs.assertNoLeaks();
    }
}
