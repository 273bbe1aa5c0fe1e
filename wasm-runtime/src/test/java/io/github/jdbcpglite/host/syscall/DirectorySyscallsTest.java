package io.github.jdbcpglite.host.syscall;

import static io.github.jdbcpglite.host.syscall.GuestFixture.AT_FDCWD;
import static io.github.jdbcpglite.host.syscall.GuestFixture.OUTSIDE;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.jdbcpglite.host.fs.Errno;
import io.github.jdbcpglite.host.fs.ErrnoException;
import io.github.jdbcpglite.host.fs.OpenFlags;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DirectorySyscallsTest {
    private static final String GETDENTS = "__syscall_getdents64";
    private static final String MKDIRAT = "__syscall_mkdirat";
    private static final String RMDIR = "__syscall_rmdir";
    private static final String CHDIR = "__syscall_chdir";
    private static final String GETCWD = "__syscall_getcwd";
    private static final int ENTRY = 280;

    private final GuestFixture guest;

    DirectorySyscallsTest() throws ErrnoException {
        guest = new GuestFixture();
    }

    private String name(int entry) {
        int length = 0;
        while (guest.memory.getByte(entry + 19 + length) != 0) {
            length++;
        }
        return guest.text(entry + 19, length);
    }

    private List<String> names(int fd, int room) {
        int buffer = guest.allocate(room);
        List<String> names = new ArrayList<>();
        int bytes = (int) guest.call(GETDENTS, fd, buffer, room);
        for (int at = 0; at < bytes; at += ENTRY) {
            names.add(name(buffer + at));
        }
        return names;
    }

    @Test
    void entriesHaveTheLayoutOfEmscripten() throws ErrnoException {
        guest.file("/data/file", "x");
        guest.files.makeDirectory("/data/dir", 0700);
        guest.files.symbolicLink("file", "/data/link");
        int fd = guest.open("/data", OpenFlags.DIRECTORY);
        int buffer = guest.allocate(6 * ENTRY);
        assertThat(guest.call(GETDENTS, fd, buffer, 6 * ENTRY - 1)).isEqualTo(5 * ENTRY);
        String[] names = {".", "..", "file", "dir", "link"};
        int[] types = {4, 4, 8, 4, 10};
        String[] paths = {"/data", "/", "/data/file", "/data/dir", "/data/link"};
        for (int i = 0; i < names.length; i++) {
            int entry = buffer + i * ENTRY;
            assertThat(guest.memory.getLong(entry))
                    .isEqualTo(guest.files.stat(paths[i], false).inode());
            assertThat(guest.memory.getLong(entry + 8)).isEqualTo((i + 1L) * ENTRY);
            assertThat((int) guest.memory.getShort(entry + 16)).isEqualTo(ENTRY);
            assertThat(guest.memory.getByte(entry + 18)).isEqualTo((byte) types[i]);
            assertThat(name(entry)).isEqualTo(names[i]);
        }
        assertThat(guest.call(GETDENTS, fd, buffer, ENTRY)).isZero();
    }

    @Test
    void aScanGoesOnAcrossCallsAndSeeksByOffset() throws ErrnoException {
        guest.file("/data/a", "x");
        guest.file("/data/b", "x");
        int fd = guest.open("/data", OpenFlags.DIRECTORY);
        int position = guest.allocate(8);
        assertThat(names(fd, 3 * ENTRY)).containsExactly(".", "..", "a");
        assertThat(names(fd, 3 * ENTRY)).containsExactly("b");
        guest.succeeds("fd_seek", fd, 2L * ENTRY, 0, position);
        assertThat(names(fd, ENTRY)).containsExactly("a");
        guest.file("/data/c", "x");
        assertThat(names(fd, 4 * ENTRY)).containsExactly("b");
        guest.succeeds("fd_seek", fd, 0, 0, position);
        assertThat(names(fd, 9 * ENTRY)).containsExactly(".", "..", "a", "b", "c");
    }

    @Test
    void removingWhatAScanFoundSkipsNothing() throws ErrnoException {
        for (int i = 0; i < 10; i++) {
            guest.file("/data/f" + i, "x");
        }
        int fd = guest.open("/data", OpenFlags.DIRECTORY);
        List<String> found = new ArrayList<>();
        for (List<String> some = names(fd, 3 * ENTRY); !some.isEmpty(); ) {
            for (String each : some) {
                if (each.startsWith("f")) {
                    guest.succeeds("__syscall_unlinkat", AT_FDCWD, guest.string(each), 0);
                    found.add(each);
                }
            }
            some = names(fd, 3 * ENTRY);
        }
        assertThat(found).hasSize(10);
        assertThat(guest.files.list("/data")).isEmpty();
    }

    @Test
    void getdentsFailsAsLinuxDoes() throws ErrnoException {
        guest.file("/data/f", "x");
        int buffer = guest.allocate(ENTRY);
        int directory = guest.open("/data", OpenFlags.DIRECTORY);
        guest.fails(Errno.EBADF, GETDENTS, 50, buffer, ENTRY);
        guest.fails(Errno.ENOTDIR, GETDENTS, guest.open("f", 0), buffer, ENTRY);
        guest.fails(Errno.EINVAL, GETDENTS, directory, buffer, ENTRY - 1);
        guest.fails(Errno.EFAULT, GETDENTS, directory, OUTSIDE, ENTRY);
    }

    @Test
    void mkdirAppliesTheUmask() throws ErrnoException {
        guest.call("__syscall_umask", 077);
        guest.succeeds(MKDIRAT, AT_FDCWD, guest.string("d/"), 01777);
        assertThat(guest.files.stat("/data/d", true).mode()).isEqualTo(01700);
        guest.fails(Errno.EEXIST, MKDIRAT, AT_FDCWD, guest.string("d"), 0700);
        guest.fails(Errno.ENOENT, MKDIRAT, AT_FDCWD, guest.string("x/d"), 0700);
        guest.file("/data/f", "x");
        guest.fails(Errno.ENOTDIR, MKDIRAT, AT_FDCWD, guest.string("f/d"), 0700);
    }

    @Test
    void rmdirFailsAsPosixSays() throws ErrnoException {
        guest.files.makeDirectory("/data/d", 0700);
        guest.file("/data/f", "x");
        guest.fails(Errno.ENOTEMPTY, RMDIR, guest.string("/data"));
        guest.fails(Errno.ENOTDIR, RMDIR, guest.string("f"));
        guest.fails(Errno.ENOENT, RMDIR, guest.string("none"));
        guest.fails(Errno.EINVAL, RMDIR, guest.string("d/."));
        guest.fails(Errno.ENOTEMPTY, RMDIR, guest.string("d/.."));
        guest.fails(Errno.EBUSY, RMDIR, guest.string("/"));
        guest.succeeds(RMDIR, guest.string("d/"));
        guest.fails(Errno.ENOENT, RMDIR, guest.string("d"));
    }

    @Test
    void chdirMovesWhereRelativePathsStart() throws ErrnoException {
        guest.files.makeDirectory("/data/ö", 0700);
        guest.file("/data/ö/f", "x");
        guest.succeeds(CHDIR, guest.string("./ö/../ö"));
        assertThat(guest.process.currentDirectory()).isEqualTo("/data/ö");
        guest.open("f", 0);
        guest.fails(Errno.ENOTDIR, CHDIR, guest.string("f"));
        guest.fails(Errno.ENOENT, CHDIR, guest.string("none"));
        guest.fails(Errno.ENOENT, CHDIR, guest.string(""));
        guest.succeeds(CHDIR, guest.string(".."));
        assertThat(guest.process.currentDirectory()).isEqualTo("/data");
    }

    @Test
    void getcwdNeedsRoomForTheZero() throws ErrnoException {
        guest.files.makeDirectory("/data/ö", 0700);
        guest.succeeds(CHDIR, guest.string("ö"));
        int buffer = guest.allocate(16);
        guest.fails(Errno.EINVAL, GETCWD, buffer, 0);
        guest.fails(Errno.ERANGE, GETCWD, buffer, 8);
        guest.fails(Errno.EFAULT, GETCWD, 0, 9);
        assertThat(guest.call(GETCWD, buffer, 9)).isEqualTo(9);
        assertThat(guest.text(buffer, 10)).isEqualTo("/data/ö\0Z");
    }
}
