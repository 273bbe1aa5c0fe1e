package io.github.jdbcpglite.host.fs.directory;

import static io.github.jdbcpglite.host.fs.FileSystemTesting.WRITE;
import static io.github.jdbcpglite.host.fs.FileSystemTesting.assertErrno;
import static io.github.jdbcpglite.host.fs.FileSystemTesting.exists;
import static io.github.jdbcpglite.host.fs.FileSystemTesting.read;
import static io.github.jdbcpglite.host.fs.FileSystemTesting.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.jdbcpglite.host.fs.DirectoryEntry;
import io.github.jdbcpglite.host.fs.Errno;
import io.github.jdbcpglite.host.fs.ErrnoException;
import io.github.jdbcpglite.host.fs.FileHandle;
import io.github.jdbcpglite.host.fs.FileType;
import io.github.jdbcpglite.host.fs.OpenFlags;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What lies on the disk, and that nothing beside the directory is reached. */
final class HostFileSystemTest {
    @TempDir Path outside;

    private Path directory;
    private HostFileSystem fs;

    @BeforeEach
    void open() throws IOException {
        directory = Files.createDirectory(outside.resolve("root")).toRealPath();
        Files.writeString(outside.resolve("secret"), "secret");
        fs = HostFileSystem.open(directory);
    }

    @AfterEach
    void close() throws ErrnoException {
        fs.close();
    }

    @Test
    void filesAreRealFiles() throws Exception {
        fs.makeDirectory("/d", 0700);
        write(fs, "/d/f", "text");
        assertThat(directory.resolve("d/f")).hasContent("text");
        Files.writeString(directory.resolve("g"), "from outside");
        assertThat(read(fs, "/g")).isEqualTo("from outside");
    }

    @Test
    void rootMustBeADirectory() {
        assertThatExceptionOfType(NoSuchFileException.class)
                .isThrownBy(() -> HostFileSystem.open(outside.resolve("none")));
        assertThatExceptionOfType(NotDirectoryException.class)
                .isThrownBy(() -> HostFileSystem.open(outside.resolve("secret")));
    }

    @Test
    void linksOutAreNotMade() throws Exception {
        fs.makeDirectory("/d", 0700);
        assertErrno(Errno.EPERM, () -> fs.symbolicLink("../secret", "/link"));
        assertErrno(Errno.EPERM, () -> fs.symbolicLink("../../secret", "/d/link"));
        assertErrno(Errno.EPERM, () -> fs.symbolicLink("x/../../secret", "/link"));
        assertErrno(Errno.EPERM, () -> fs.symbolicLink("/../secret", "/link"));
        assertThat(exists(fs, "/link")).isFalse();
    }

    @Test
    void linksOutAreNotFollowed() throws Exception {
        Files.createSymbolicLink(directory.resolve("relative"), Path.of("../secret"));
        Files.createSymbolicLink(directory.resolve("absolute"), outside.resolve("secret"));
        Files.createSymbolicLink(directory.resolve("up"), Path.of(".."));
        Path sibling = Files.createDirectory(outside.resolve("root-not"));
        Files.writeString(sibling.resolve("f"), "secret");
        Files.createSymbolicLink(directory.resolve("sibling"), sibling);
        for (String path : new String[] {"/relative", "/absolute", "/up/secret", "/sibling/f"}) {
            assertErrno(Errno.EPERM, () -> fs.open(path, OpenFlags.READ_ONLY, 0));
            assertErrno(Errno.EPERM, () -> fs.open(path, WRITE, 0600));
            assertErrno(Errno.EPERM, () -> fs.stat(path, true));
            assertErrno(Errno.EPERM, () -> fs.setMode(path, 0));
            assertErrno(Errno.EPERM, () -> fs.setTimes(path, 0, 0, true));
        }
        assertErrno(Errno.EPERM, () -> fs.unlink("/up/secret"));
        assertErrno(Errno.EPERM, () -> fs.rename("/up/secret", "/mine"));
        assertErrno(Errno.EPERM, () -> fs.makeDirectory("/up/new", 0700));
        assertErrno(Errno.EPERM, () -> fs.list("/up"));
        assertThat(fs.readLink("/up")).isEqualTo("..");
        fs.unlink("/up");
        assertThat(outside.resolve("secret")).hasContent("secret");
    }

    @Test
    void linkMovedToWhereItLeadsOutIsNotFollowed() throws Exception {
        fs.makeDirectory("/d", 0700);
        fs.symbolicLink("../secret", "/d/link");
        fs.rename("/d/link", "/link");
        assertErrno(Errno.EPERM, () -> fs.open("/link", OpenFlags.READ_ONLY, 0));
        fs.symbolicLink("d/../../secret", "/d/other");
        fs.rename("/d/other", "/other");
        assertErrno(Errno.EPERM, () -> fs.open("/other", OpenFlags.READ_ONLY, 0));
    }

    @Test
    void directoryReplacedByALinkOutIsNotFollowed() throws Exception {
        fs.makeDirectory("/a", 0700);
        fs.makeDirectory("/a/b", 0700);
        write(fs, "/a/b/secret", "mine");
        fs.makeDirectory("/x", 0700);
        fs.makeDirectory("/x/y", 0700);
        fs.symbolicLink("../..", "/x/y/link");
        assertThat(read(fs, "/a/b/secret")).isEqualTo("mine");
        fs.rename("/a/b", "/b");
        fs.rename("/x/y/link", "/a/b");
        assertErrno(Errno.EPERM, () -> read(fs, "/a/b/secret"));
    }

    @Test
    void absoluteLinksAreUnderstoodByTheHostToo() throws Exception {
        write(fs, "/f", "text");
        fs.symbolicLink("/f", "/link");
        assertThat(directory.resolve("link")).hasContent("text");
        fs.symbolicLink("/", "/root");
        assertThat(fs.readLink("/root")).isEqualTo("/");
        assertThat(read(fs, "/root/root/link")).isEqualTo("text");
    }

    @Test
    void namesThatLookLikeWaysOutAreNames() throws Exception {
        for (String name : new String[] {"..x", "...", "~", "%2e%2e", "a\\..\\b", "C:"}) {
            write(fs, "/" + name, "text");
            assertThat(directory.resolve(name)).hasContent("text");
        }
        assertErrno(Errno.EINVAL, () -> fs.open("/a\0b", WRITE, 0600));
    }

    @Test
    void distinctOpenFilesAreLimited() throws Exception {
        try (HostFileSystem limited = HostFileSystem.open(directory, 2)) {
            write(limited, "/a", "a");
            write(limited, "/b", "b");
            FileHandle a = limited.open("/a", OpenFlags.READ_ONLY, 0);
            FileHandle again = limited.open("/a", OpenFlags.READ_WRITE, 0);
            FileHandle b = limited.open("/b", OpenFlags.READ_ONLY, 0);
            assertErrno(Errno.EMFILE, () -> limited.open("/c", WRITE, 0600));
            assertErrno(Errno.EMFILE, () -> limited.open("/", OpenFlags.READ_ONLY, 0));
            assertThat(exists(limited, "/c")).isFalse();
            a.close();
            assertErrno(Errno.EMFILE, () -> limited.open("/c", WRITE, 0600));
            again.close();
            limited.open("/c", WRITE, 0600).close();
            b.close();
        }
    }

    @Test
    void pipesOfTheHostAreNotOpened() throws Exception {
        Process made = new ProcessBuilder("mkfifo", directory.resolve("fifo").toString()).start();
        assumeTrue(made.waitFor() == 0);
        assertThat(fs.stat("/fifo", true).type()).isEqualTo(FileType.FIFO);
        assertErrno(Errno.ENXIO, () -> fs.open("/fifo", OpenFlags.READ_ONLY, 0));
    }

    @Test
    void interruptedThreadBreaksAFileWithAnError() throws Exception {
        FileHandle handle = fs.open("/f", WRITE, 0600);
        Thread.currentThread().interrupt();
        try {
            assertErrno(Errno.EIO, () -> handle.write(0, new byte[1], 0, 1));
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
        handle.close();
        write(fs, "/f", "text");
        assertThat(read(fs, "/f")).isEqualTo("text");
    }

    @Test
    void hiddenNamesDoNotExistForTheGuest() throws Exception {
        Files.writeString(directory.resolve("lock"), "mine");
        Files.createDirectory(directory.resolve("d"));
        Files.writeString(directory.resolve("d/lock"), "other");
        try (HostFileSystem hiding = HostFileSystem.open(directory, 10, Set.of("lock"))) {
            assertErrno(Errno.ENOENT, () -> hiding.open("/lock", OpenFlags.READ_ONLY, 0));
            assertErrno(Errno.ENOENT, () -> hiding.open("/LOCK", OpenFlags.CREATE | 1, 0600));
            assertErrno(Errno.ENOENT, () -> hiding.unlink("/lock"));
            assertThat(hiding.list("/")).extracting(DirectoryEntry::name).containsExactly("d");
            assertThat(read(hiding, "/d/lock")).isEqualTo("other");
        }
        assertThat(directory.resolve("lock")).hasContent("mine");
    }
}
