package io.github.jdbcpglite.host.fs;

import static io.github.jdbcpglite.host.fs.FileSystemTesting.WRITE;
import static io.github.jdbcpglite.host.fs.FileSystemTesting.assertErrno;
import static io.github.jdbcpglite.host.fs.FileSystemTesting.exists;
import static io.github.jdbcpglite.host.fs.FileSystemTesting.names;
import static io.github.jdbcpglite.host.fs.FileSystemTesting.read;
import static io.github.jdbcpglite.host.fs.FileSystemTesting.write;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The part of the contract about symbolic links. */
public abstract class AbstractLinksContractTest extends AbstractNamesContractTest {

    @Test
    void linksAreFollowedOrDescribed() throws ErrnoException {
        write(fs, "/f", "text");
        fs.symbolicLink("f", "/link");
        assertThat(fs.readLink("/link")).isEqualTo("f");
        assertThat(read(fs, "/link")).isEqualTo("text");
        assertThat(fs.stat("/link", true)).isEqualTo(fs.stat("/f", true));
        FileStatus link = fs.stat("/link", false);
        assertThat(link.type()).isEqualTo(FileType.SYMBOLIC_LINK);
        assertThat(link.size()).isEqualTo(1);
        assertThat(link.linkCount()).isEqualTo(1);
    }

    @Test
    void linksLeadThroughDirectories() throws ErrnoException {
        fs.makeDirectory("/d", 0700);
        fs.makeDirectory("/d/sub", 0700);
        fs.makeDirectory("/e", 0700);
        write(fs, "/d/f", "text");
        fs.symbolicLink("../d", "/e/relative");
        fs.symbolicLink("/d", "/e/absolute");
        fs.symbolicLink("./absolute//sub/.././f", "/e/winding");
        assertThat(read(fs, "/e/relative/f")).isEqualTo("text");
        assertThat(read(fs, "/e/absolute/f")).isEqualTo("text");
        assertThat(read(fs, "/e/winding")).isEqualTo("text");
        assertThat(fs.readLink("/e/absolute")).isEqualTo("/d");
        assertThat(fs.stat("/e/absolute", false).size()).isEqualTo(2);
        assertThat(names(fs, "/e/relative")).containsExactly("f", "sub");
        write(fs, "/e/relative/new", "");
        fs.makeDirectory("/e/absolute/dir", 0700);
        assertThat(names(fs, "/d")).containsExactly("dir", "f", "new", "sub");
        fs.rename("/e/relative/f", "/e/g");
        fs.unlink("/e/absolute/new");
        fs.removeDirectory("/e/absolute/dir");
        assertThat(names(fs, "/d")).containsExactly("sub");
    }

    @Test
    void danglingLinks() throws ErrnoException {
        fs.symbolicLink("target", "/link");
        assertErrno(Errno.ENOENT, () -> fs.stat("/link", true));
        assertErrno(Errno.ENOENT, () -> fs.open("/link", OpenFlags.READ_ONLY, 0));
        assertErrno(Errno.EEXIST, () -> fs.open("/link", WRITE | OpenFlags.EXCLUSIVE, 0600));
        assertErrno(Errno.EEXIST, () -> fs.makeDirectory("/link", 0700));
        assertErrno(Errno.ENOENT, () -> fs.list("/link"));
        assertErrno(Errno.ENOENT, () -> fs.stat("/link/x", false));
        write(fs, "/link", "text");
        assertThat(read(fs, "/target")).isEqualTo("text");
        assertErrno(Errno.ENOTDIR, () -> fs.stat("/link/x", false));
        fs.symbolicLink("none/../target", "/through");
        assertErrno(Errno.ENOENT, () -> fs.stat("/through", true));
        fs.symbolicLink("target/../target", "/file");
        assertErrno(Errno.ENOTDIR, () -> fs.stat("/file", true));
    }

    @Test
    void loopsEnd() throws ErrnoException {
        fs.symbolicLink("b", "/a");
        fs.symbolicLink("a", "/b");
        assertErrno(Errno.ELOOP, () -> fs.stat("/a", true));
        assertErrno(Errno.ELOOP, () -> fs.stat("/a/x", false));
        assertErrno(Errno.ELOOP, () -> fs.open("/a", WRITE, 0600));
        assertErrno(Errno.ELOOP, () -> fs.list("/a"));
        assertThat(fs.stat("/a", false).type()).isEqualTo(FileType.SYMBOLIC_LINK);
    }

    @Test
    void fortyLinksAreFollowedAndNoMore() throws ErrnoException {
        write(fs, "/0", "text");
        for (int i = 1; i <= 41; i++) {
            fs.symbolicLink(Integer.toString(i - 1), "/" + i);
        }
        assertThat(read(fs, "/40")).isEqualTo("text");
        assertErrno(Errno.ELOOP, () -> fs.stat("/41", true));
    }

    @Test
    void linksNotToBeFollowed() throws ErrnoException {
        fs.makeDirectory("/d", 0700);
        write(fs, "/d/f", "text");
        fs.symbolicLink("d", "/link");
        int noFollow = OpenFlags.READ_ONLY | OpenFlags.NO_FOLLOW;
        assertErrno(Errno.ELOOP, () -> fs.open("/link", noFollow, 0));
        assertErrno(Errno.ELOOP, () -> fs.open("/link", WRITE | OpenFlags.NO_FOLLOW, 0));
        assertErrno(Errno.ENOTDIR, () -> fs.open("/link", noFollow | OpenFlags.DIRECTORY, 0));
        fs.open("/link/f", noFollow, 0).close();
        fs.open("/link", OpenFlags.DIRECTORY, 0).close();
    }

    @Test
    void namesOfLinksAreNotFollowed() throws ErrnoException {
        fs.makeDirectory("/d", 0700);
        write(fs, "/f", "text");
        fs.symbolicLink("d", "/dlink");
        fs.symbolicLink("f", "/flink");
        assertErrno(Errno.ENOTDIR, () -> fs.removeDirectory("/dlink"));
        assertErrno(Errno.ENOTDIR, () -> fs.rename("/d", "/dlink"));
        fs.rename("/flink", "/moved");
        assertThat(fs.readLink("/moved")).isEqualTo("f");
        fs.rename("/f", "/dlink");
        assertThat(read(fs, "/dlink")).isEqualTo("text");
        assertThat(names(fs, "/d")).isEmpty();
        fs.unlink("/moved");
        assertThat(exists(fs, "/moved")).isFalse();
    }

    @Test
    void linkErrors() throws ErrnoException {
        write(fs, "/f", "");
        assertErrno(Errno.EEXIST, () -> fs.symbolicLink("x", "/f"));
        assertErrno(Errno.ENOENT, () -> fs.symbolicLink("x", "/none/link"));
        assertErrno(Errno.ENOENT, () -> fs.symbolicLink("", "/link"));
        assertErrno(Errno.ENOENT, () -> fs.symbolicLink("", "/f/link"));
        assertErrno(Errno.ENOTDIR, () -> fs.symbolicLink("x", "/f/link"));
        assertErrno(
                Errno.ENAMETOOLONG,
                () -> fs.symbolicLink("x".repeat(GuestPath.MAX_PATH_BYTES), "/link"));
        assertErrno(Errno.EINVAL, () -> fs.readLink("/f"));
        assertErrno(Errno.ENOENT, () -> fs.readLink("/none"));
    }

    @Test
    void attributesOfLinks() throws ErrnoException {
        write(fs, "/f", "");
        fs.symbolicLink("f", "/link");
        fs.setMode("/link", 0604);
        fs.setTimes("/link", 1_000_000, 2_000_000, true);
        assertThat(fs.stat("/f", true).mode()).isEqualTo(0604);
        assertThat(fs.stat("/f", true).modifyNanos()).isEqualTo(2_000_000);
        fs.setTimes("/link", 3_000_000, 4_000_000, false);
        assertThat(fs.stat("/link", false).modifyNanos()).isEqualTo(4_000_000);
        assertThat(fs.stat("/f", true).modifyNanos()).isEqualTo(2_000_000);
    }

    @Test
    void directoryReplacedByALinkIsSeen() throws ErrnoException {
        fs.makeDirectory("/d", 0700);
        write(fs, "/d/f", "first");
        fs.makeDirectory("/e", 0700);
        write(fs, "/e/f", "second");
        assertThat(read(fs, "/d/f")).isEqualTo("first");
        fs.rename("/d", "/old");
        fs.symbolicLink("e", "/d");
        assertThat(read(fs, "/d/f")).isEqualTo("second");
        fs.unlink("/d");
        fs.rename("/old", "/d");
        assertThat(read(fs, "/d/f")).isEqualTo("first");
    }
}
