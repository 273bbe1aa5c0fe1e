package io.github.jdbcpglite.host.syscall;

import static io.github.jdbcpglite.host.syscall.GuestFixture.AT_FDCWD;
import static io.github.jdbcpglite.host.syscall.GuestFixture.OUTSIDE;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.jdbcpglite.host.fs.Errno;
import io.github.jdbcpglite.host.fs.ErrnoException;
import io.github.jdbcpglite.host.fs.OpenFlags;
import org.junit.jupiter.api.Test;

class ControlSyscallsTest {
    private static final String DUP = "__syscall_dup";
    private static final String DUP3 = "__syscall_dup3";
    private static final String PIPE2 = "__syscall_pipe2";
    private static final String FCNTL = "__syscall_fcntl64";
    private static final String IOCTL = "__syscall_ioctl";
    private static final int F_DUPFD = 0;
    private static final int F_GETFD = 1;
    private static final int F_SETFD = 2;
    private static final int F_GETFL = 3;
    private static final int F_SETFL = 4;
    private static final int F_GETLK = 12;
    private static final int F_SETLK = 13;
    private static final int F_DUPFD_CLOEXEC = 1030;
    private static final int FIONREAD = 0x541B;
    private static final int FIONBIO = 0x5421;

    private final GuestFixture guest;
    private final int result;

    ControlSyscallsTest() throws ErrnoException {
        guest = new GuestFixture();
        guest.file("/data/f", "0123456789");
        result = guest.allocate(8);
    }

    private void seek(int fd, long to) {
        guest.succeeds("fd_seek", fd, to, 0, result);
    }

    private long offset(int fd) {
        guest.succeeds("fd_seek", fd, 0, 1, result);
        return guest.memory.getLong(result);
    }

    @Test
    void duplicatesShareTheOffset() {
        int fd = guest.open("f", 0);
        assertThat(guest.call(DUP, fd)).isEqualTo(4);
        assertThat(guest.call(DUP3, fd, 9, 0)).isEqualTo(9);
        assertThat(guest.call(FCNTL, fd, F_DUPFD, guest.ints(7))).isEqualTo(7);
        assertThat(guest.call(FCNTL, fd, F_DUPFD, guest.ints(7))).isEqualTo(8);
        seek(9, 5);
        assertThat(offset(fd)).isEqualTo(5);
        assertThat(offset(4)).isEqualTo(5);
        guest.succeeds("fd_close", fd);
        assertThat(offset(7)).isEqualTo(5);
    }

    @Test
    void dup3ClosesWhatTheTargetWas() {
        int ends = guest.allocate(8);
        guest.succeeds(PIPE2, ends, 0);
        int reading = guest.memory.getInt(ends);
        int writing = guest.memory.getInt(ends + 4);
        assertThat(guest.call(DUP3, guest.open("f", 0), writing, 0)).isEqualTo(writing);
        guest.succeeds("fd_read", reading, guest.ints(result, 1), 1, guest.allocate(4));
    }

    @Test
    void duplicatesFailAsPosixSays() {
        int fd = guest.open("f", 0);
        guest.fails(Errno.EBADF, DUP, 50);
        guest.fails(Errno.EINVAL, DUP3, fd, fd, 0);
        guest.fails(Errno.EINVAL, DUP3, fd, 9, 1);
        guest.fails(Errno.EBADF, DUP3, 50, 9, 0);
        guest.fails(Errno.EBADF, DUP3, fd, -1, 0);
        guest.fails(Errno.EBADF, DUP3, fd, guest.fds.limit(), 0);
        guest.fails(Errno.EINVAL, FCNTL, fd, F_DUPFD, guest.ints(-1));
        while (guest.fds.size() < guest.fds.limit()) {
            guest.call(DUP, fd);
        }
        guest.fails(Errno.EMFILE, DUP, fd);
        guest.fails(Errno.EMFILE, PIPE2, guest.allocate(8), 0);
    }

    @Test
    void closeOnExecBelongsToTheDescriptor() {
        int fd = guest.open("f", OpenFlags.CLOSE_ON_EXEC);
        assertThat(guest.call(FCNTL, fd, F_GETFD, 0)).isEqualTo(1);
        int copy = (int) guest.call(DUP, fd);
        assertThat(guest.call(FCNTL, copy, F_GETFD, 0)).isZero();
        guest.succeeds(FCNTL, copy, F_SETFD, guest.ints(1));
        guest.succeeds(FCNTL, fd, F_SETFD, guest.ints(0));
        assertThat(guest.call(FCNTL, copy, F_GETFD, 0)).isEqualTo(1);
        assertThat(guest.call(FCNTL, fd, F_GETFD, 0)).isZero();
        guest.call(FCNTL, fd, F_DUPFD_CLOEXEC, guest.ints(20));
        assertThat(guest.call(FCNTL, 20, F_GETFD, 0)).isEqualTo(1);
        guest.succeeds("fd_close", 20);
        guest.call(DUP3, fd, 20, 0);
        assertThat(guest.call(FCNTL, 20, F_GETFD, 0)).isZero();
    }

    @Test
    void aDuplicateOfAClosedDescriptorsNumberStartsWithoutCloseOnExec() {
        int fd = guest.open("f", 0);
        guest.call(DUP3, fd, 20, OpenFlags.CLOSE_ON_EXEC);
        guest.call(DUP3, fd, 20, 0);
        assertThat(guest.call(FCNTL, 20, F_GETFD, 0)).isZero();
    }

    @Test
    void statusFlagsAreThoseThatStay() {
        int mode = guest.ints(0600);
        int created = OpenFlags.CREATE | OpenFlags.TRUNCATE | OpenFlags.READ_WRITE;
        int fd = (int) guest.call("__syscall_openat", AT_FDCWD, guest.string("g"), created, mode);
        assertThat(guest.call(FCNTL, fd, F_GETFL, 0)).isEqualTo(OpenFlags.READ_WRITE);
        guest.succeeds(FCNTL, fd, F_SETFL, guest.ints(OpenFlags.APPEND | OpenFlags.WRITE_ONLY));
        assertThat(guest.call(FCNTL, fd, F_GETFL, 0))
                .isEqualTo(OpenFlags.READ_WRITE | OpenFlags.APPEND);
        guest.succeeds(FCNTL, fd, F_SETFL, guest.ints(OpenFlags.NON_BLOCK));
        assertThat(guest.call(FCNTL, fd, F_GETFL, 0))
                .isEqualTo(OpenFlags.READ_WRITE | OpenFlags.NON_BLOCK);
    }

    @Test
    void recordLocksAreAlwaysFree() {
        int lock = guest.allocate(32);
        guest.memory.putShort(lock, (short) 1);
        int argument = guest.ints(lock);
        int fd = guest.open("f", OpenFlags.READ_WRITE);
        guest.succeeds(FCNTL, fd, F_SETLK, argument);
        guest.succeeds(FCNTL, fd, F_GETLK, argument);
        assertThat(guest.memory.getShort(lock)).isEqualTo((short) 2);
        guest.memory.putShort(lock, (short) 1);
        guest.fails(Errno.EBADF, FCNTL, guest.open("f", 0), F_SETLK, argument);
        guest.memory.putShort(lock, (short) 3);
        guest.fails(Errno.EINVAL, FCNTL, fd, F_SETLK, argument);
        guest.fails(Errno.EFAULT, FCNTL, fd, F_GETLK, guest.ints(OUTSIDE));
    }

    @Test
    void fcntlFailsAsPosixSays() {
        guest.fails(Errno.EBADF, FCNTL, 50, F_GETFL, 0);
        guest.fails(Errno.EINVAL, FCNTL, 0, 999, 0);
        guest.fails(Errno.EFAULT, FCNTL, 0, F_SETFL, OUTSIDE);
    }

    @Test
    void nothingIsATerminal() {
        for (int request : new int[] {0x5401, 0x5413, 0x540F, 0x5403, 12345}) {
            guest.fails(Errno.ENOTTY, IOCTL, 1, request, guest.ints(result));
        }
        guest.fails(Errno.ENOTTY, IOCTL, guest.open("f", 0), 0x5413, guest.ints(result));
        guest.fails(Errno.EBADF, IOCTL, 50, 0x5413, guest.ints(result));
    }

    @Test
    void ioctlTellsWhatIsLeftToRead() {
        int fd = guest.open("f", 0);
        seek(fd, 4);
        guest.succeeds(IOCTL, fd, FIONREAD, guest.ints(result));
        assertThat(guest.memory.getInt(result)).isEqualTo(6);
        int ends = guest.allocate(8);
        guest.succeeds(PIPE2, ends, 0);
        int data = guest.ints(guest.string("abc"), 3);
        guest.succeeds("fd_write", guest.memory.getInt(ends + 4), data, 1, result);
        guest.succeeds(IOCTL, guest.memory.getInt(ends), FIONREAD, guest.ints(result));
        assertThat(guest.memory.getInt(result)).isEqualTo(3);
        guest.fails(Errno.ENOTTY, IOCTL, guest.open("/data", 0), FIONREAD, guest.ints(result));
        guest.fails(Errno.EFAULT, IOCTL, fd, FIONREAD, guest.ints(OUTSIDE));
    }

    @Test
    void ioctlSetsNonBlocking() {
        int fd = guest.open("f", OpenFlags.APPEND | OpenFlags.READ_WRITE);
        int both = OpenFlags.APPEND | OpenFlags.READ_WRITE;
        guest.succeeds(IOCTL, fd, FIONBIO, guest.ints(guest.ints(1)));
        assertThat(guest.call(FCNTL, fd, F_GETFL, 0)).isEqualTo(both | OpenFlags.NON_BLOCK);
        guest.succeeds(IOCTL, fd, FIONBIO, guest.ints(guest.ints(0)));
        assertThat(guest.call(FCNTL, fd, F_GETFL, 0)).isEqualTo(both);
    }

    @Test
    void aPipeCarriesBytesUntilBothEndsAreClosed() {
        int ends = guest.allocate(8);
        guest.succeeds(PIPE2, ends, OpenFlags.CLOSE_ON_EXEC | OpenFlags.NON_BLOCK);
        int reading = guest.memory.getInt(ends);
        int writing = guest.memory.getInt(ends + 4);
        assertThat(guest.call(FCNTL, reading, F_GETFL, 0)).isEqualTo(OpenFlags.NON_BLOCK);
        assertThat(guest.call(FCNTL, writing, F_GETFL, 0)).isEqualTo(OpenFlags.NON_BLOCK | 1);
        assertThat(guest.call(FCNTL, reading, F_GETFD, 0)).isEqualTo(1);
        int buffer = guest.allocate(16);
        int vector = guest.ints(buffer, 16);
        guest.failsWasi(Errno.EAGAIN, "fd_read", reading, vector, 1, result);
        guest.failsWasi(Errno.EBADF, "fd_write", reading, vector, 1, result);
        guest.failsWasi(Errno.EBADF, "fd_read", writing, vector, 1, result);
        guest.succeeds("fd_write", writing, guest.ints(guest.string("abc"), 3), 1, result);
        guest.succeeds("fd_read", reading, vector, 1, result);
        assertThat(guest.text(buffer, guest.memory.getInt(result))).isEqualTo("abc");
        int copy = (int) guest.call(DUP, writing);
        guest.succeeds("fd_close", writing);
        guest.failsWasi(Errno.EAGAIN, "fd_read", reading, vector, 1, result);
        guest.succeeds("fd_close", copy);
        guest.succeeds("fd_read", reading, vector, 1, result);
        assertThat(guest.memory.getInt(result)).isZero();
    }

    @Test
    void pipe2FailsAsPosixSaysAndLeavesNothingOpen() {
        guest.fails(Errno.EFAULT, PIPE2, 0, 0);
        guest.fails(Errno.EFAULT, PIPE2, OUTSIDE, 0);
        guest.fails(Errno.EINVAL, PIPE2, result, 1);
        assertThat(guest.fds.size()).isEqualTo(3);
        while (guest.fds.size() < guest.fds.limit() - 1) {
            guest.call(DUP, 0);
        }
        guest.fails(Errno.EMFILE, PIPE2, result, 0);
        assertThat(guest.fds.size()).isEqualTo(guest.fds.limit() - 1);
    }
}
