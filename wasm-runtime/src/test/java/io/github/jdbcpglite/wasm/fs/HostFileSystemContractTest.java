package io.github.jdbcpglite.wasm.fs;

import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Path;

/** The contract on {@link HostFileSystem}. */
final class HostFileSystemContractTest extends AbstractLinksContractTest {
    @TempDir Path directory;

    @Override
    FileSystem create() throws IOException {
        return HostFileSystem.open(directory);
    }
}
