package io.github.jdbcpglite.host.fs.layer;

import static io.github.jdbcpglite.host.fs.FileSystemTesting.assertErrno;
import static io.github.jdbcpglite.host.fs.FileSystemTesting.names;
import static io.github.jdbcpglite.host.fs.FileSystemTesting.read;
import static io.github.jdbcpglite.host.fs.FileSystemTesting.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.jdbcpglite.host.fs.Errno;
import io.github.jdbcpglite.host.fs.ErrnoException;
import io.github.jdbcpglite.host.fs.memory.MemoryFileSystem;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What happens between mounts. */
final class MountedFileSystemTest {
    private final MemoryFileSystem root = MemoryFileSystem.create();
    private final MemoryFileSystem data = MemoryFileSystem.create();
    private final MemoryFileSystem deep = MemoryFileSystem.create();
    private MountedFileSystem fs;

    @BeforeEach
    void mount() throws ErrnoException {
        fs =
                MountedFileSystem.builder(root)
                        .mount("/pglite/data", data)
                        .mount("/pglite/data/pg_wal", deep)
                        .build();
    }

    @Test
    void pathsLeadToTheirMount() throws ErrnoException {
        write(fs, "/pglite/data/PG_VERSION", "18");
        write(fs, "/pglite/data/pg_wal/0001", "wal");
        write(fs, "/pglite/database", "not below the mount");
        assertThat(read(data, "/PG_VERSION")).isEqualTo("18");
        assertThat(read(deep, "/0001")).isEqualTo("wal");
        assertThat(read(root, "/pglite/database")).isEqualTo("not below the mount");
        assertThat(names(fs, "/pglite")).containsExactly("data", "database");
        assertThat(names(fs, "/pglite/data")).containsExactly("PG_VERSION", "pg_wal");
        assertThat(names(fs, "/pglite/data/pg_wal")).containsExactly("0001");
    }

    @Test
    void mountPointsStay() throws ErrnoException {
        assertErrno(Errno.EBUSY, () -> fs.removeDirectory("/pglite/data"));
        assertErrno(Errno.EBUSY, () -> fs.removeDirectory("/pglite/data/pg_wal"));
        assertErrno(Errno.EBUSY, () -> fs.removeDirectory("/pglite"));
        assertErrno(Errno.EBUSY, () -> fs.rename("/pglite", "/other"));
        assertErrno(Errno.EISDIR, () -> fs.unlink("/pglite/data"));
        assertErrno(Errno.EEXIST, () -> fs.makeDirectory("/pglite/data", 0700));
        fs.makeDirectory("/d", 0700);
        assertErrno(Errno.EBUSY, () -> fs.rename("/d", "/pglite"));
    }

    @Test
    void renamesStayWithinAMount() throws ErrnoException {
        write(fs, "/f", "text");
        assertErrno(Errno.EXDEV, () -> fs.rename("/f", "/pglite/data/f"));
        assertErrno(Errno.EXDEV, () -> fs.rename("/pglite/data", "/other"));
        write(fs, "/pglite/data/f", "text");
        fs.rename("/pglite/data/f", "/pglite/data/g");
        assertThat(names(data, "/")).containsExactly("g", "pg_wal");
    }

    @Test
    void linksCrossMountsFromTheRoot() throws ErrnoException {
        write(fs, "/pglite/data/pg_wal/0001", "wal");
        fs.symbolicLink("/pglite/data", "/data");
        fs.symbolicLink("pglite", "/up");
        fs.symbolicLink("../pglite/data/pg_wal", "/pglite/wal");
        assertThat(read(fs, "/data/pg_wal/0001")).isEqualTo("wal");
        assertThat(read(fs, "/up/data/pg_wal/0001")).isEqualTo("wal");
        assertThat(read(fs, "/pglite/wal/0001")).isEqualTo("wal");
        assertErrno(Errno.EXDEV, () -> fs.rename("/data/pg_wal/0001", "/data/0001"));
        assertErrno(Errno.EBUSY, () -> fs.removeDirectory("/up/data"));
    }

    @Test
    void absoluteLinksInAMountAreThoseOfTheWholeTree() throws ErrnoException {
        write(fs, "/pglite/data/f", "text");
        fs.symbolicLink("/pglite/data/f", "/pglite/data/link");
        fs.symbolicLink("/pglite/data", "/pglite/data/self");
        assertThat(fs.readLink("/pglite/data/link")).isEqualTo("/pglite/data/f");
        assertThat(fs.stat("/pglite/data/link", false).size()).isEqualTo(14);
        assertThat(read(fs, "/pglite/data/self/link")).isEqualTo("text");
        assertThat(read(data, "/link")).isEqualTo("text");
        assertErrno(Errno.EPERM, () -> fs.symbolicLink("/f", "/pglite/data/out"));
        assertErrno(Errno.EPERM, () -> fs.symbolicLink("/pglite/database", "/pglite/data/out"));
    }

    @Test
    void capacityIsThatOfTheMount() throws ErrnoException {
        MemoryFileSystem small = MemoryFileSystem.builder().maxBytes(1 << 20).build();
        MountedFileSystem mounted = MountedFileSystem.builder(root).mount("/small", small).build();
        assertThat(mounted.status("/small")).isEqualTo(small.status());
        assertThat(mounted.status("/")).isEqualTo(root.status());
        assertErrno(Errno.ENOENT, () -> mounted.status("/none"));
    }

    @Test
    void closingClosesEveryMount() throws ErrnoException {
        fs.close();
        fs.close();
        assertThat(root.isClosed()).isTrue();
        assertThat(data.isClosed()).isTrue();
        assertThat(deep.isClosed()).isTrue();
    }

    @Test
    void placesThatCannotBeMountedOn() throws ErrnoException {
        write(root, "/file", "");
        MountedFileSystem.Builder builder = MountedFileSystem.builder(root).mount("/m", data);
        assertErrno(Errno.EBUSY, () -> builder.mount("/m", deep));
        assertErrno(Errno.ENOTDIR, () -> builder.mount("/file", deep));
        assertErrno(Errno.ENOTDIR, () -> builder.mount("/file/d", deep));
        assertThatIllegalArgumentException().isThrownBy(() -> builder.mount("/", deep));
        assertThatIllegalArgumentException().isThrownBy(() -> builder.mount("relative", deep));
    }
}
