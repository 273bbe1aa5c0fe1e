package io.github.jdbcpglite.host.syscall;

import static io.github.jdbcpglite.host.syscall.GuestFixture.AT_FDCWD;
import static io.github.jdbcpglite.host.syscall.GuestFixture.OUTSIDE;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.jdbcpglite.host.fs.Errno;
import io.github.jdbcpglite.host.fs.ErrnoException;
import io.github.jdbcpglite.host.fs.FileType;
import io.github.jdbcpglite.host.fs.OpenFlags;
import org.junit.jupiter.api.Test;

class FileSyscallsTest {
    private static final String OPENAT = "__syscall_openat";
    private static final String UNLINKAT = "__syscall_unlinkat";
    private static final String RENAMEAT = "__syscall_renameat";
    private static final String SYMLINKAT = "__syscall_symlinkat";
    private static final String READLINKAT = "__syscall_readlinkat";
    private static final String TRUNCATE = "__syscall_truncate64";
    private static final int CREATE = OpenFlags.CREATE | OpenFlags.READ_WRITE;
    private static final int AT_REMOVEDIR = 512;

    private final GuestFixture guest;

    FileSyscallsTest() throws ErrnoException {
        guest = new GuestFixture();
    }

    @Test
    void openCreatesWithTheModeBehindThePointerLessTheUmask() throws ErrnoException {
        guest.call("__syscall_umask", 027);
        assertThat(guest.open("new", CREATE, 0666)).isEqualTo(3);
        assertThat(guest.files.stat("/data/new", true).mode()).isEqualTo(0640);
        guest.open("sticky", CREATE, 0107777);
        assertThat(guest.files.stat("/data/sticky", true).mode()).isEqualTo(07750);
    }

    @Test
    void openWithoutModeArgumentsCreatesWithNoPermissions() throws ErrnoException {
        assertThat(guest.call(OPENAT, AT_FDCWD, guest.string("new"), CREATE, 0)).isEqualTo(3);
        assertThat(guest.files.stat("/data/new", true).mode()).isZero();
    }

    @Test
    void openFailsAsPosixSays() throws ErrnoException {
        guest.file("/data/f", "x");
        int f = guest.string("f");
        int mode = guest.ints(0600);
        guest.fails(Errno.ENOENT, OPENAT, AT_FDCWD, guest.string("none"), 0, 0);
        guest.fails(Errno.ENOENT, OPENAT, AT_FDCWD, guest.string(""), CREATE, mode);
        guest.fails(Errno.EEXIST, OPENAT, AT_FDCWD, f, CREATE | OpenFlags.EXCLUSIVE, mode);
        guest.fails(Errno.EISDIR, OPENAT, AT_FDCWD, guest.string("/data"), 1, 0);
        guest.fails(Errno.EISDIR, OPENAT, AT_FDCWD, guest.string("new/"), CREATE, mode);
        guest.fails(Errno.ENOTDIR, OPENAT, AT_FDCWD, f, OpenFlags.DIRECTORY, 0);
        guest.fails(Errno.ENOTDIR, OPENAT, AT_FDCWD, guest.string("f/"), 0, 0);
        guest.fails(Errno.ENOTDIR, OPENAT, AT_FDCWD, guest.string("f/x"), 0, 0);
        guest.fails(Errno.EINVAL, OPENAT, AT_FDCWD, f, 3, 0);
        guest.fails(Errno.ENOTSUP, OPENAT, AT_FDCWD, guest.string("/data"), 0x410002, mode);
        guest.fails(Errno.EFAULT, OPENAT, AT_FDCWD, 0, 0, 0);
        guest.fails(Errno.EFAULT, OPENAT, AT_FDCWD, OUTSIDE, 0, 0);
        guest.fails(Errno.EFAULT, OPENAT, AT_FDCWD, guest.string("new"), CREATE, OUTSIDE);
        guest.fails(Errno.ENOENT, OPENAT, AT_FDCWD, guest.string("new"), 0, 0);
        guest.fails(Errno.ENAMETOOLONG, OPENAT, AT_FDCWD, guest.string("x/".repeat(2048)), 0, 0);
    }

    @Test
    void aNameThatIsNotUtf8IsInvalid() {
        int path = guest.string("ab");
        guest.memory.putByte(path, (byte) 0xFF);
        guest.fails(Errno.EINVAL, OPENAT, AT_FDCWD, path, 0, 0);
        assertThat(guest.open("\uFFFD", CREATE)).isEqualTo(3);
    }

    @Test
    void openReportsATableThatIsFull() {
        guest.open("f", CREATE);
        while (guest.fds.size() < guest.fds.limit()) {
            guest.open("f", 0);
        }
        guest.fails(Errno.EMFILE, OPENAT, AT_FDCWD, guest.string("f"), 0, 0);
    }

    @Test
    void relativePathsStartAtTheDirectoryDescriptor() throws ErrnoException {
        guest.files.makeDirectory("/data/sub", 0700);
        guest.file("/data/f", "x");
        int directory = guest.open("sub", OpenFlags.DIRECTORY);
        int file = guest.open("f", 0);
        guest.call(OPENAT, directory, guest.string("inner"), CREATE, guest.ints(0600));
        assertThat(guest.files.stat("/data/sub/inner", true).type()).isEqualTo(FileType.REGULAR);
        guest.fails(Errno.EBADF, OPENAT, 60, guest.string("inner"), 0, 0);
        guest.fails(Errno.ENOTDIR, OPENAT, file, guest.string("inner"), 0, 0);
        assertThat(guest.call(OPENAT, 60, guest.string("/data/f"), 0, 0)).isNotNegative();
        assertThat(guest.call(OPENAT, directory, guest.string("../f"), 0, 0)).isNotNegative();
    }

    @Test
    void unlinkRemovesFilesOnly() throws ErrnoException {
        guest.file("/data/f", "x");
        guest.files.makeDirectory("/data/d", 0700);
        guest.fails(Errno.EISDIR, UNLINKAT, AT_FDCWD, guest.string("d"), 0);
        guest.fails(Errno.EISDIR, UNLINKAT, AT_FDCWD, guest.string("d/"), 0);
        guest.fails(Errno.ENOTDIR, UNLINKAT, AT_FDCWD, guest.string("f/"), 0);
        guest.fails(Errno.ENOENT, UNLINKAT, AT_FDCWD, guest.string("none/"), 0);
        guest.fails(Errno.EINVAL, UNLINKAT, AT_FDCWD, guest.string("f"), 1);
        guest.succeeds(UNLINKAT, AT_FDCWD, guest.string("f"), 0);
        guest.fails(Errno.ENOENT, UNLINKAT, AT_FDCWD, guest.string("f"), 0);
    }

    @Test
    void unlinkWithRemovedirRemovesEmptyDirectoriesOnly() throws ErrnoException {
        guest.files.makeDirectory("/data/d", 0700);
        guest.file("/data/d/f", "x");
        int d = guest.string("d");
        guest.fails(Errno.ENOTEMPTY, UNLINKAT, AT_FDCWD, d, AT_REMOVEDIR);
        guest.fails(Errno.ENOTDIR, UNLINKAT, AT_FDCWD, guest.string("d/f"), AT_REMOVEDIR);
        guest.succeeds(UNLINKAT, AT_FDCWD, guest.string("d/f"), 0);
        guest.succeeds(UNLINKAT, AT_FDCWD, d, AT_REMOVEDIR);
        guest.fails(Errno.ENOENT, UNLINKAT, AT_FDCWD, d, AT_REMOVEDIR);
    }

    @Test
    void renameReplacesAndFailsAsPosixSays() throws ErrnoException {
        guest.file("/data/a", "a");
        guest.file("/data/b", "b");
        guest.files.makeDirectory("/data/d", 0700);
        int a = guest.string("a");
        int b = guest.string("b");
        guest.succeeds(RENAMEAT, AT_FDCWD, a, AT_FDCWD, b);
        assertThat(guest.content("/data/b")).isEqualTo("a");
        guest.fails(Errno.ENOENT, RENAMEAT, AT_FDCWD, a, AT_FDCWD, b);
        guest.fails(Errno.EISDIR, RENAMEAT, AT_FDCWD, b, AT_FDCWD, guest.string("d"));
        guest.fails(Errno.ENOTDIR, RENAMEAT, AT_FDCWD, guest.string("d"), AT_FDCWD, b);
        guest.fails(Errno.ENOTDIR, RENAMEAT, AT_FDCWD, b, AT_FDCWD, guest.string("new/"));
        guest.fails(
                Errno.EINVAL, RENAMEAT, AT_FDCWD, guest.string("d"), AT_FDCWD, guest.string("d/e"));
        guest.fails(Errno.EBUSY, RENAMEAT, AT_FDCWD, guest.string("d/."), AT_FDCWD, b);
        guest.succeeds(RENAMEAT, AT_FDCWD, guest.string("d"), AT_FDCWD, guest.string("new/"));
        assertThat(guest.files.stat("/data/new", true).type()).isEqualTo(FileType.DIRECTORY);
    }

    @Test
    void linksAreMadeAndReadWithoutAZero() {
        guest.succeeds(SYMLINKAT, guest.string("../zië"), AT_FDCWD, guest.string("link"));
        int buffer = guest.allocate(16);
        int link = guest.string("link");
        assertThat(guest.call(READLINKAT, AT_FDCWD, link, buffer, 16)).isEqualTo(7);
        assertThat(guest.text(buffer, 8)).isEqualTo("../ziëZ");
        buffer = guest.allocate(16);
        assertThat(guest.call(READLINKAT, AT_FDCWD, link, buffer, 3)).isEqualTo(3);
        assertThat(guest.text(buffer, 4)).isEqualTo("../Z");
    }

    @Test
    void linkCallsFailAsPosixSays() throws ErrnoException {
        guest.file("/data/f", "x");
        int f = guest.string("f");
        int buffer = guest.allocate(16);
        guest.fails(Errno.EEXIST, SYMLINKAT, f, AT_FDCWD, f);
        guest.fails(Errno.EEXIST, SYMLINKAT, f, AT_FDCWD, guest.string("/data/"));
        guest.fails(Errno.ENOENT, SYMLINKAT, f, AT_FDCWD, guest.string("new/"));
        guest.fails(Errno.ENOENT, SYMLINKAT, guest.string(""), AT_FDCWD, guest.string("l"));
        guest.fails(Errno.EINVAL, READLINKAT, AT_FDCWD, f, buffer, 16);
        guest.fails(Errno.EINVAL, READLINKAT, AT_FDCWD, f, buffer, 0);
        guest.fails(Errno.ENOENT, READLINKAT, AT_FDCWD, guest.string("none"), buffer, 16);
        guest.succeeds(SYMLINKAT, f, AT_FDCWD, guest.string("l"));
        guest.fails(Errno.EFAULT, READLINKAT, AT_FDCWD, guest.string("l"), OUTSIDE, 16);
        guest.fails(Errno.ELOOP, OPENAT, AT_FDCWD, guest.string("l"), OpenFlags.NO_FOLLOW, 0);
    }

    @Test
    void truncateTakesA64BitLength() throws ErrnoException {
        guest.file("/data/f", "content");
        int f = guest.string("f");
        guest.succeeds(TRUNCATE, f, 3);
        assertThat(guest.content("/data/f")).isEqualTo("con");
        guest.succeeds(TRUNCATE, f, 5L << 30);
        assertThat(guest.files.stat("/data/f", true).size()).isEqualTo(5L << 30);
        guest.fails(Errno.EINVAL, TRUNCATE, f, -1L);
        guest.fails(Errno.ENOENT, TRUNCATE, guest.string("none"), 1);
        guest.fails(Errno.EISDIR, TRUNCATE, guest.string("/data"), 1);
    }
}
