package io.github.jdbcpglite.host.fs.layer;

import static io.github.jdbcpglite.host.fs.FileSystemTesting.WRITE;
import static io.github.jdbcpglite.host.fs.FileSystemTesting.assertErrno;
import static io.github.jdbcpglite.host.fs.FileSystemTesting.names;
import static io.github.jdbcpglite.host.fs.FileSystemTesting.read;
import static io.github.jdbcpglite.host.fs.FileSystemTesting.write;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.jdbcpglite.host.fs.AbstractLinksContractTest;
import io.github.jdbcpglite.host.fs.Errno;
import io.github.jdbcpglite.host.fs.ErrnoException;
import io.github.jdbcpglite.host.fs.FileSystem;
import io.github.jdbcpglite.host.fs.memory.MemoryFileSystem;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** One file is in memory, and all others are where they were. */
final class PrivateFileSystemTest {
    private final MemoryFileSystem behind = MemoryFileSystem.create();
    private final PrivateFileSystem fs = new PrivateFileSystem(behind, "/pid");

    @Nested
    final class OthersTest extends AbstractLinksContractTest {
        @Override
        public FileSystem create() {
            return new PrivateFileSystem(MemoryFileSystem.create(), "/pid");
        }
    }

    @Test
    void theFileBehindIsNeitherSeenNorTouched() throws ErrnoException {
        write(behind, "/pid", "of the host");
        write(behind, "/other", "shared");
        assertErrno(Errno.ENOENT, () -> fs.stat("/pid", true));
        assertThat(names(fs, "/")).containsExactly("other");

        write(fs, "/pid", "of the guest");
        assertThat(read(fs, "/pid")).isEqualTo("of the guest");
        assertThat(names(fs, "/")).containsExactly("other", "pid");
        assertErrno(Errno.EXDEV, () -> fs.rename("/pid", "/other"));
        fs.forget();
        fs.forget();
        assertErrno(Errno.ENOENT, () -> fs.open("/pid", 0, 0));

        fs.open("/pid", WRITE, 0600).close();
        fs.unlink("/pid");
        assertThat(names(fs, "/")).containsExactly("other");
        assertThat(read(behind, "/pid")).isEqualTo("of the host");
    }
}
