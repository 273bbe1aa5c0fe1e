package io.github.jdbcpglite.host.fs.memory;

import io.github.jdbcpglite.host.fs.AbstractLinksContractTest;
import io.github.jdbcpglite.host.fs.FileSystem;

/** The contract on {@link MemoryFileSystem}. */
final class MemoryFileSystemContractTest extends AbstractLinksContractTest {
    @Override
    public FileSystem create() {
        return MemoryFileSystem.create();
    }
}
