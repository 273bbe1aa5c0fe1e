package io.github.jdbcpglite.host.fs.directory;

import io.github.jdbcpglite.host.fs.AbstractLinksContractTest;
import io.github.jdbcpglite.host.fs.FileSystem;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/** The contract on {@link HostFileSystem}. */
final class HostFileSystemContractTest extends AbstractLinksContractTest {
    @TempDir Path directory;

    @Override
    public FileSystem create() throws IOException {
        return HostFileSystem.open(directory);
    }
}
