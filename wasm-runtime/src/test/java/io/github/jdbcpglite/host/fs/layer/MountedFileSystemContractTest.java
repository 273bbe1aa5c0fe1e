package io.github.jdbcpglite.host.fs.layer;

import io.github.jdbcpglite.host.fs.AbstractLinksContractTest;
import io.github.jdbcpglite.host.fs.ErrnoException;
import io.github.jdbcpglite.host.fs.FileSystem;
import io.github.jdbcpglite.host.fs.SubtreeFileSystem;
import io.github.jdbcpglite.host.fs.directory.HostFileSystem;
import io.github.jdbcpglite.host.fs.memory.MemoryFileSystem;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;

/** The contract on {@link MountedFileSystem}: in its root, and seen through mounts of each kind. */
final class MountedFileSystemContractTest {

    @Nested
    final class RootTest extends AbstractLinksContractTest {
        @Override
        public FileSystem create() {
            return MountedFileSystem.builder(MemoryFileSystem.create()).build();
        }
    }

    @Nested
    final class MemoryMountTest extends AbstractLinksContractTest {
        @Override
        public FileSystem create() throws ErrnoException {
            FileSystem mounted =
                    MountedFileSystem.builder(MemoryFileSystem.create())
                            .mount("/mnt/memory", MemoryFileSystem.create())
                            .build();
            return new SubtreeFileSystem(mounted, "/mnt/memory");
        }
    }

    @Nested
    final class HostMountTest extends AbstractLinksContractTest {
        @TempDir Path directory;

        @Override
        public FileSystem create() throws ErrnoException, IOException {
            FileSystem mounted =
                    MountedFileSystem.builder(MemoryFileSystem.create())
                            .mount("/pglite/data", HostFileSystem.open(directory))
                            .build();
            return new SubtreeFileSystem(mounted, "/pglite/data");
        }
    }
}
