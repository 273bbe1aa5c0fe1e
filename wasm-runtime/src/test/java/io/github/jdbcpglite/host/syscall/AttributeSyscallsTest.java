package io.github.jdbcpglite.host.syscall;

import static io.github.jdbcpglite.host.syscall.GuestFixture.AT_FDCWD;
import static io.github.jdbcpglite.host.syscall.GuestFixture.OUTSIDE;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.jdbcpglite.host.fs.Errno;
import io.github.jdbcpglite.host.fs.ErrnoException;
import io.github.jdbcpglite.host.fs.FileStatus;
import io.github.jdbcpglite.host.fs.FileSystemStatus;
import org.junit.jupiter.api.Test;

class AttributeSyscallsTest {
    private static final String STAT = "__syscall_stat64";
    private static final String LSTAT = "__syscall_lstat64";
    private static final String FSTAT = "__syscall_fstat64";
    private static final String FSTATAT = "__syscall_newfstatat";
    private static final String STATFS = "__syscall_statfs64";
    private static final String FACCESSAT = "__syscall_faccessat";
    private static final String CHMOD = "__syscall_chmod";
    private static final String FCHMOD = "__syscall_fchmod";
    private static final String FCHMODAT = "__syscall_fchmodat2";
    private static final String FCHOWN = "__syscall_fchown32";
    private static final String FCHOWNAT = "__syscall_fchownat";
    private static final String UTIMENSAT = "__syscall_utimensat";
    private static final int NOFOLLOW = 0x100;
    private static final int EMPTY_PATH = 0x1000;
    private static final int UTIME_NOW = 0x3FFFFFFF;
    private static final int UTIME_OMIT = 0x3FFFFFFE;
    private static final long SECOND = 1_000_000_000L;

    private final GuestFixture guest;
    private final int stat;

    AttributeSyscallsTest() throws ErrnoException {
        guest = new GuestFixture();
        guest.file("/data/f", "x".repeat(5000));
        guest.files.symbolicLink("f", "/data/link");
        stat = guest.allocate(104);
    }

    private int mode() {
        return guest.memory.getInt(stat + 4);
    }

    @Test
    void statHasTheLayoutOfEmscripten() throws ErrnoException {
        guest.files.setMode("/data/f", 0640);
        guest.files.setTimes("/data/f", 3 * SECOND + 4, -1, true);
        guest.succeeds(STAT, guest.string("f"), stat);
        FileStatus status = guest.files.stat("/data/f", true);
        assertThat(guest.memory.getInt(stat)).isEqualTo(1);
        assertThat(mode()).isEqualTo(0100640);
        assertThat(guest.memory.getInt(stat + 8)).isEqualTo(1);
        assertThat(guest.memory.getLong(stat + 12)).isZero();
        assertThat(guest.memory.getInt(stat + 20)).isZero();
        assertThat(guest.memory.getLong(stat + 24)).isEqualTo(5000);
        assertThat(guest.memory.getInt(stat + 32)).isEqualTo(4096);
        assertThat(guest.memory.getInt(stat + 36)).isEqualTo(16);
        assertThat(guest.memory.getLong(stat + 40)).isEqualTo(3);
        assertThat(guest.memory.getInt(stat + 48)).isEqualTo(4);
        assertThat(guest.memory.getLong(stat + 56)).isEqualTo(-1);
        assertThat(guest.memory.getInt(stat + 64)).isEqualTo(999_999_999);
        assertThat(guest.memory.getLong(stat + 72)).isEqualTo(status.changeNanos() / SECOND);
        assertThat(guest.memory.getLong(stat + 80)).isEqualTo(status.changeNanos() % SECOND);
        assertThat(guest.memory.getLong(stat + 88)).isEqualTo(status.inode());
        assertThat(guest.memory.getByte(stat + 96)).isEqualTo((byte) 0x5A);
    }

    @Test
    void statFollowsLinksAndLstatDoesNot() {
        int link = guest.string("link");
        guest.succeeds(STAT, link, stat);
        assertThat(mode() & 0170000).isEqualTo(0100000);
        guest.succeeds(LSTAT, link, stat);
        assertThat(mode() & 0170000).isEqualTo(0120000);
        assertThat(guest.memory.getLong(stat + 24)).isEqualTo(1);
        guest.succeeds(FSTATAT, AT_FDCWD, link, stat, NOFOLLOW);
        assertThat(mode() & 0170000).isEqualTo(0120000);
        guest.succeeds(FSTATAT, AT_FDCWD, link, stat, 0);
        assertThat(mode() & 0170000).isEqualTo(0100000);
    }

    @Test
    void lstatFollowsALinkWithASlashBehind() throws ErrnoException {
        guest.files.symbolicLink("/data", "/home");
        guest.succeeds(LSTAT, guest.string("/home/"), stat);
        assertThat(mode() & 0170000).isEqualTo(0040000);
        guest.fails(Errno.ENOTDIR, LSTAT, guest.string("link/"), stat);
    }

    @Test
    void anEmptyPathMeansTheDescriptor() {
        int fd = guest.open("f", 0);
        int empty = guest.string("");
        guest.succeeds(FSTATAT, fd, empty, stat, EMPTY_PATH);
        assertThat(guest.memory.getLong(stat + 24)).isEqualTo(5000);
        guest.succeeds(FSTATAT, AT_FDCWD, empty, stat, EMPTY_PATH);
        assertThat(mode() & 0170000).isEqualTo(0040000);
        guest.fails(Errno.ENOENT, FSTATAT, fd, empty, stat, 0);
        guest.fails(Errno.EBADF, FSTATAT, 50, empty, stat, EMPTY_PATH);
    }

    @Test
    void fstatKnowsEveryKind() {
        guest.succeeds(FSTAT, guest.open("f", 0), stat);
        assertThat(mode() & 0170000).isEqualTo(0100000);
        guest.succeeds(FSTAT, 1, stat);
        assertThat(mode() & 0170000).isEqualTo(0020000);
        int ends = guest.allocate(8);
        guest.succeeds("__syscall_pipe2", ends, 0);
        guest.succeeds(FSTAT, guest.memory.getInt(ends), stat);
        assertThat(mode() & 0170000).isEqualTo(0010000);
    }

    @Test
    void statFailsAsPosixSays() {
        int f = guest.string("f");
        guest.fails(Errno.ENOENT, STAT, guest.string("none"), stat);
        guest.fails(Errno.ENOENT, STAT, guest.string(""), stat);
        guest.fails(Errno.ENOTDIR, STAT, guest.string("f/x"), stat);
        guest.fails(Errno.EFAULT, STAT, f, 0);
        guest.fails(Errno.EFAULT, STAT, f, OUTSIDE);
        guest.fails(Errno.EFAULT, STAT, OUTSIDE, stat);
        guest.fails(Errno.EINVAL, FSTATAT, AT_FDCWD, f, stat, 1);
        guest.fails(Errno.EBADF, FSTAT, 50, stat);
        guest.fails(Errno.EBADF, FSTAT, -1, stat);
        guest.fails(Errno.EFAULT, FSTAT, 0, OUTSIDE);
    }

    @Test
    void statfsHasTheLayoutOfEmscripten() throws ErrnoException {
        int buffer = guest.allocate(96);
        guest.succeeds(STATFS, guest.string("f"), 88, buffer);
        FileSystemStatus status = guest.files.status();
        assertThat(guest.memory.getInt(buffer)).isZero();
        assertThat(guest.memory.getInt(buffer + 4)).isEqualTo(status.blockSize());
        assertThat(guest.memory.getLong(buffer + 8)).isEqualTo(status.totalBlocks());
        assertThat(guest.memory.getLong(buffer + 16)).isEqualTo(status.freeBlocks());
        assertThat(guest.memory.getLong(buffer + 24)).isEqualTo(status.freeBlocks());
        assertThat(guest.memory.getLong(buffer + 32)).isEqualTo(status.totalInodes());
        assertThat(guest.memory.getLong(buffer + 40)).isEqualTo(status.freeInodes());
        assertThat(guest.memory.getInt(buffer + 56)).isEqualTo(255);
        assertThat(guest.memory.getInt(buffer + 60)).isEqualTo(status.blockSize());
        assertThat(guest.memory.getByte(buffer + 88)).isEqualTo((byte) 0x5A);
        guest.fails(Errno.ENOENT, STATFS, guest.string("none"), 88, buffer);
        guest.fails(Errno.EFAULT, STATFS, guest.string("f"), 88, OUTSIDE);
    }

    @Test
    void rootMayDoAllButExecuteWhatNobodyMay() throws ErrnoException {
        guest.files.setMode("/data/f", 0);
        int f = guest.string("f");
        guest.succeeds(FACCESSAT, AT_FDCWD, f, 0, 0);
        guest.succeeds(FACCESSAT, AT_FDCWD, f, 6, 0);
        guest.fails(Errno.EACCES, FACCESSAT, AT_FDCWD, f, 1, 0);
        guest.files.setMode("/data/f", 0010);
        guest.succeeds(FACCESSAT, AT_FDCWD, f, 7, 0x200);
        guest.succeeds(FACCESSAT, AT_FDCWD, guest.string("/data"), 1, 0);
        guest.fails(Errno.EINVAL, FACCESSAT, AT_FDCWD, f, 8, 0);
        guest.fails(Errno.ENOENT, FACCESSAT, AT_FDCWD, guest.string("none"), 0, 0);
    }

    @Test
    void chmodSetsPermissionBitsOnly() throws ErrnoException {
        guest.succeeds(CHMOD, guest.string("link"), 0100600);
        assertThat(guest.files.stat("/data/f", true).mode()).isEqualTo(0600);
        int fd = guest.open("f", 0);
        guest.succeeds(FCHMOD, fd, 04755);
        assertThat(guest.files.stat("/data/f", true).mode()).isEqualTo(04755);
        guest.succeeds(FCHMODAT, AT_FDCWD, guest.string("f"), 0400, NOFOLLOW);
        assertThat(guest.files.stat("/data/f", true).mode()).isEqualTo(0400);
        guest.succeeds(FCHMODAT, fd, guest.string(""), 0777, EMPTY_PATH);
        assertThat(guest.files.stat("/data/f", true).mode()).isEqualTo(0777);
        guest.fails(Errno.ENOTSUP, FCHMODAT, AT_FDCWD, guest.string("link"), 0400, NOFOLLOW);
        guest.fails(Errno.EINVAL, FCHMODAT, AT_FDCWD, guest.string("f"), 0400, 1);
        guest.fails(Errno.ENOENT, CHMOD, guest.string("none"), 0600);
        guest.fails(Errno.EBADF, FCHMOD, 50, 0600);
    }

    @Test
    void onlyRootOwnsFiles() {
        int f = guest.string("f");
        int fd = guest.open("f", 0);
        guest.succeeds(FCHOWN, fd, 0, -1);
        guest.fails(Errno.EPERM, FCHOWN, fd, 0, 1);
        guest.fails(Errno.EBADF, FCHOWN, 50, 0, 0);
        guest.succeeds(FCHOWNAT, AT_FDCWD, f, -1, 0, NOFOLLOW);
        guest.fails(Errno.EPERM, FCHOWNAT, AT_FDCWD, f, 70, 0, 0);
        guest.fails(Errno.ENOENT, FCHOWNAT, AT_FDCWD, guest.string("none"), 0, 0, 0);
        guest.fails(Errno.EINVAL, FCHOWNAT, AT_FDCWD, f, 0, 0, 2);
    }

    private int times(long accessSeconds, int accessNanos, long modifySeconds, int modifyNanos) {
        int addr = guest.allocate(32);
        guest.memory.putLong(addr, accessSeconds);
        guest.memory.putInt(addr + 8, accessNanos);
        guest.memory.putLong(addr + 16, modifySeconds);
        guest.memory.putInt(addr + 24, modifyNanos);
        return addr;
    }

    @Test
    void utimensatSetsTimesToTheNanosecond() throws ErrnoException {
        int f = guest.string("f");
        guest.succeeds(UTIMENSAT, AT_FDCWD, f, times(7, 1, -2, 5), 0);
        FileStatus status = guest.files.stat("/data/f", true);
        assertThat(status.accessNanos()).isEqualTo(7 * SECOND + 1);
        assertThat(status.modifyNanos()).isEqualTo(-2 * SECOND + 5);
        guest.succeeds(UTIMENSAT, AT_FDCWD, f, times(9, UTIME_OMIT, 9, UTIME_NOW), 0);
        status = guest.files.stat("/data/f", true);
        assertThat(status.accessNanos()).isEqualTo(7 * SECOND + 1);
        assertThat(status.modifyNanos()).isEqualTo(1_709_210_096_789_012_000L);
    }

    @Test
    void utimensatWithoutTimesMeansNowAndWithoutPathTheDescriptor() throws ErrnoException {
        guest.succeeds(UTIMENSAT, guest.open("f", 0), 0, 0, 0);
        FileStatus status = guest.files.stat("/data/f", true);
        assertThat(status.accessNanos()).isEqualTo(1_709_210_096_789_012_000L);
        assertThat(status.modifyNanos()).isEqualTo(1_709_210_096_789_012_000L);
        guest.succeeds(UTIMENSAT, AT_FDCWD, guest.string("link"), times(1, 0, 1, 0), NOFOLLOW);
        assertThat(guest.files.stat("/data/link", false).modifyNanos()).isEqualTo(SECOND);
        assertThat(guest.files.stat("/data/f", true).modifyNanos()).isNotEqualTo(SECOND);
    }

    @Test
    void utimensatFailsAsPosixSays() {
        int f = guest.string("f");
        guest.fails(Errno.EINVAL, UTIMENSAT, AT_FDCWD, f, times(1, -1, 1, 0), 0);
        guest.fails(Errno.EINVAL, UTIMENSAT, AT_FDCWD, f, times(1, 0, 1, 1_000_000_000), 0);
        guest.fails(Errno.EINVAL, UTIMENSAT, AT_FDCWD, f, times(Long.MAX_VALUE, 0, 1, 0), 0);
        guest.fails(Errno.ENOENT, UTIMENSAT, AT_FDCWD, guest.string("none"), 0, 0);
        guest.fails(Errno.ENOENT, UTIMENSAT, AT_FDCWD, guest.string(""), 0, 0);
        guest.fails(Errno.EBADF, UTIMENSAT, 50, 0, 0, 0);
        guest.fails(Errno.EFAULT, UTIMENSAT, AT_FDCWD, f, OUTSIDE, 0);
    }
}
