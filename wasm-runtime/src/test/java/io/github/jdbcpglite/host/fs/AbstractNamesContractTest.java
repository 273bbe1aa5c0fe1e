package io.github.jdbcpglite.host.fs;

import static io.github.jdbcpglite.host.fs.FileSystemTesting.WRITE;
import static io.github.jdbcpglite.host.fs.FileSystemTesting.assertErrno;
import static io.github.jdbcpglite.host.fs.FileSystemTesting.names;
import static io.github.jdbcpglite.host.fs.FileSystemTesting.read;
import static io.github.jdbcpglite.host.fs.FileSystemTesting.write;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** The part of the contract about directories, names and attributes. */
abstract class AbstractNamesContractTest extends AbstractFileSystemContractTest {

    @Test
    void rootIsADirectory() throws ErrnoException {
        assertThat(fs.stat("/", true).type()).isEqualTo(FileType.DIRECTORY);
        assertErrno(Errno.EEXIST, () -> fs.makeDirectory("/", 0700));
        assertErrno(Errno.EBUSY, () -> fs.removeDirectory("/"));
        assertErrno(Errno.EISDIR, () -> fs.unlink("/"));
        assertErrno(Errno.EBUSY, () -> fs.rename("/", "/x"));
        fs.makeDirectory("/d", 0700);
        assertErrno(Errno.EBUSY, () -> fs.rename("/d", "/"));
        assertErrno(Errno.EEXIST, () -> fs.symbolicLink("d", "/"));
        assertErrno(Errno.EINVAL, () -> fs.readLink("/"));
    }

    @Test
    void makesAndRemovesDirectories() throws ErrnoException {
        fs.makeDirectory("/d", 0750);
        fs.makeDirectory("/d/e", 0700);
        assertThat(fs.stat("/d", true).type()).isEqualTo(FileType.DIRECTORY);
        assertThat(fs.stat("/d", true).mode()).isEqualTo(0750);
        assertErrno(Errno.ENOTEMPTY, () -> fs.removeDirectory("/d"));
        fs.removeDirectory("/d/e");
        fs.removeDirectory("/d");
        assertThat(names(fs, "/")).isEmpty();
    }

    @Test
    void makeDirectoryErrors() throws ErrnoException {
        write(fs, "/f", "");
        fs.makeDirectory("/d", 0700);
        assertErrno(Errno.EEXIST, () -> fs.makeDirectory("/d", 0700));
        assertErrno(Errno.EEXIST, () -> fs.makeDirectory("/f", 0700));
        assertErrno(Errno.ENOENT, () -> fs.makeDirectory("/none/d", 0700));
        assertErrno(Errno.ENOTDIR, () -> fs.makeDirectory("/f/d", 0700));
    }

    @Test
    void removeDirectoryErrors() throws ErrnoException {
        write(fs, "/f", "");
        assertErrno(Errno.ENOENT, () -> fs.removeDirectory("/none"));
        assertErrno(Errno.ENOENT, () -> fs.removeDirectory("/none/d"));
        assertErrno(Errno.ENOTDIR, () -> fs.removeDirectory("/f"));
        assertErrno(Errno.ENOTDIR, () -> fs.removeDirectory("/f/d"));
    }

    @Test
    void unlinkErrors() throws ErrnoException {
        write(fs, "/f", "");
        fs.makeDirectory("/d", 0700);
        assertErrno(Errno.ENOENT, () -> fs.unlink("/none"));
        assertErrno(Errno.ENOENT, () -> fs.unlink("/none/f"));
        assertErrno(Errno.EISDIR, () -> fs.unlink("/d"));
        assertErrno(Errno.ENOTDIR, () -> fs.unlink("/f/x"));
    }

    @Test
    void statErrors() throws ErrnoException {
        write(fs, "/f", "");
        assertErrno(Errno.ENOENT, () -> fs.stat("/none", true));
        assertErrno(Errno.ENOENT, () -> fs.stat("/none/f", false));
        assertErrno(Errno.ENOTDIR, () -> fs.stat("/f/x", false));
    }

    @Test
    void listsNamesTypesAndInodes() throws ErrnoException {
        write(fs, "/b", "");
        fs.makeDirectory("/a", 0700);
        fs.symbolicLink("b", "/c");
        List<DirectoryEntry> entries = fs.list("/");
        assertThat(entries)
                .extracting(DirectoryEntry::name)
                .containsExactlyInAnyOrder("a", "b", "c");
        for (DirectoryEntry entry : entries) {
            FileStatus status = fs.stat("/" + entry.name(), false);
            assertThat(entry.inode()).isEqualTo(status.inode());
            assertThat(entry.type()).isEqualTo(status.type());
        }
        assertThat(fs.list("/")).isEqualTo(entries);
        assertErrno(Errno.ENOENT, () -> fs.list("/none"));
        assertErrno(Errno.ENOTDIR, () -> fs.list("/b"));
    }

    @Test
    void renamesFilesAndDirectories() throws ErrnoException {
        fs.makeDirectory("/d", 0700);
        fs.makeDirectory("/e", 0700);
        write(fs, "/d/f", "text");
        long inode = fs.stat("/d/f", true).inode();
        fs.rename("/d/f", "/e/g");
        assertThat(fs.stat("/e/g", true).inode()).isEqualTo(inode);
        fs.rename("/e", "/d/e");
        assertThat(read(fs, "/d/e/g")).isEqualTo("text");
        assertThat(names(fs, "/")).containsExactly("d");
        assertErrno(Errno.ENOENT, () -> fs.stat("/e/g", true));
    }

    @Test
    void renameReplacesFilesAndEmptyDirectories() throws ErrnoException {
        write(fs, "/f", "new");
        write(fs, "/g", "old");
        fs.rename("/f", "/g");
        assertThat(read(fs, "/g")).isEqualTo("new");
        fs.makeDirectory("/d", 0700);
        fs.makeDirectory("/e", 0700);
        write(fs, "/d/f", "");
        fs.rename("/d", "/e");
        assertThat(names(fs, "/")).containsExactly("e", "g");
        assertThat(names(fs, "/e")).containsExactly("f");
    }

    @Test
    void renameOntoItselfDoesNothing() throws ErrnoException {
        write(fs, "/f", "text");
        fs.makeDirectory("/d", 0700);
        write(fs, "/d/f", "");
        fs.rename("/f", "/f");
        fs.rename("/d", "/d");
        assertThat(read(fs, "/f")).isEqualTo("text");
        assertThat(names(fs, "/d")).containsExactly("f");
    }

    @Test
    void renameErrors() throws ErrnoException {
        write(fs, "/f", "");
        fs.makeDirectory("/d", 0700);
        fs.makeDirectory("/d/sub", 0700);
        fs.makeDirectory("/empty", 0700);
        assertErrno(Errno.ENOENT, () -> fs.rename("/none", "/x"));
        assertErrno(Errno.ENOENT, () -> fs.rename("/f", "/none/x"));
        assertErrno(Errno.ENOENT, () -> fs.rename("/none/x", "/x"));
        assertErrno(Errno.ENOTDIR, () -> fs.rename("/f/x", "/x"));
        assertErrno(Errno.ENOTDIR, () -> fs.rename("/f", "/f/x"));
        assertErrno(Errno.EISDIR, () -> fs.rename("/f", "/empty"));
        assertErrno(Errno.ENOTDIR, () -> fs.rename("/empty", "/f"));
        assertErrno(Errno.ENOTEMPTY, () -> fs.rename("/empty", "/d"));
        assertErrno(Errno.EINVAL, () -> fs.rename("/d", "/d/x"));
        assertErrno(Errno.EINVAL, () -> fs.rename("/d", "/d/sub/x"));
        assertErrno(Errno.ENOTEMPTY, () -> fs.rename("/d/sub", "/d"));
        assertThat(names(fs, "/")).containsExactly("d", "empty", "f");
    }

    @Test
    void namesMayBeAsLongAsPosixSays() throws ErrnoException {
        String longest = "/" + "n".repeat(GuestPath.MAX_NAME_BYTES);
        write(fs, longest, "text");
        assertThat(read(fs, longest)).isEqualTo("text");
        assertErrno(Errno.ENAMETOOLONG, () -> fs.open(longest + "n", WRITE, 0600));
        assertErrno(Errno.ENAMETOOLONG, () -> fs.stat(longest + "n", true));
        assertErrno(Errno.ENAMETOOLONG, () -> fs.makeDirectory(longest + "n", 0700));
        String deep = "/d".repeat(GuestPath.MAX_PATH_BYTES / 2);
        assertErrno(Errno.ENAMETOOLONG, () -> fs.stat(deep, true));
        assertErrno(Errno.ENOENT, () -> fs.stat(deep.substring(100), true));
    }

    @Test
    void changesModes() throws ErrnoException {
        write(fs, "/f", "");
        fs.makeDirectory("/d", 0700);
        fs.setMode("/f", 0604);
        fs.setMode("/d", 01755);
        assertThat(fs.stat("/f", true).mode()).isEqualTo(0604);
        assertThat(fs.stat("/d", true).mode()).isEqualTo(01755);
        assertErrno(Errno.ENOENT, () -> fs.setMode("/none", 0600));
    }

    @Test
    void changesTimes() throws ErrnoException {
        write(fs, "/f", "");
        long access = 1_600_000_000_123_456_000L;
        long modify = 1_700_000_000_654_321_000L;
        fs.setTimes("/f", access, modify, true);
        FileStatus status = fs.stat("/f", true);
        assertThat(status.accessNanos()).isEqualTo(access);
        assertThat(status.modifyNanos()).isEqualTo(modify);
        assertThat(status.changeNanos()).isGreaterThan(modify);
        assertErrno(Errno.ENOENT, () -> fs.setTimes("/none", 0, 0, true));
    }

    @Test
    void writingMovesTheModificationTime() throws ErrnoException {
        write(fs, "/f", "");
        fs.setTimes("/f", 0, 0, true);
        write(fs, "/f", "text");
        assertThat(fs.stat("/f", true).modifyNanos()).isPositive();
        fs.makeDirectory("/d", 0700);
        fs.setTimes("/d", 0, 0, true);
        write(fs, "/d/f", "text");
        assertThat(fs.stat("/d", true).modifyNanos()).isPositive();
    }

    @Test
    void removedDirectoryStaysOpenButTakesNoNames() throws ErrnoException {
        fs.makeDirectory("/d", 0700);
        try (FileHandle handle = fs.open("/d", OpenFlags.READ_ONLY, 0)) {
            fs.removeDirectory("/d");
            assertThat(handle.status().type()).isEqualTo(FileType.DIRECTORY);
            assertErrno(Errno.ENOENT, () -> fs.open("/d/f", WRITE, 0600));
        }
    }

    @Test
    void walkVisitsParentsFirst() throws ErrnoException {
        fs.makeDirectory("/d", 0700);
        write(fs, "/d/f", "text");
        fs.symbolicLink("d", "/link");
        StringBuilder visited = new StringBuilder();
        FileTreeWalk.walk(fs, "/d", (path, status) -> visited.append(path).append(' '));
        assertThat(visited).hasToString("/d /d/f ");
        StringBuilder all = new StringBuilder();
        FileTreeWalk.walk(fs, "/", (path, status) -> all.append(path).append(' '));
        assertThat(all.toString().split(" ")).containsExactlyInAnyOrder("/", "/d", "/d/f", "/link");
    }
}
