package io.github.jdbcpglite.wasm.fs;

/** The contract on {@link MemoryFileSystem}. */
final class MemoryFileSystemContractTest extends AbstractLinksContractTest {
    @Override
    FileSystem create() {
        return MemoryFileSystem.create();
    }
}
