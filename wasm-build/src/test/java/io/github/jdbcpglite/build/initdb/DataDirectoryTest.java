package io.github.jdbcpglite.build.initdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.jdbcpglite.build.stage.Hashes;
import io.github.jdbcpglite.host.fs.memory.MemoryFileSystem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DataDirectoryTest {
    @TempDir Path directory;

    private final MemoryFileSystem files = MemoryFileSystem.create();

    private Path export(String name) throws Exception {
        Path output = Files.createDirectory(directory.resolve(name));
        DataDirectory.export(files, "/data", output);
        return output;
    }

    @Test
    void copiesContentsAndListsModes() throws Exception {
        byte[] large = new byte[100_000];
        large[99_999] = 7;
        files.addDirectory("/data", 0700);
        files.addDirectory("/data/empty", 0750);
        files.addFile("/data/z", large, 0640);
        files.addFile("/data/a", new byte[0], 0600);
        Path output = export("one");
        assertThat(output.resolve("pgdata.index"))
                .hasContent("f 600 0 a\nd 750 0 empty\nf 640 100000 z\n");
        assertThat(output.resolve("pgdata/z")).hasBinaryContent(large);
        assertThat(output.resolve("pgdata/empty")).isEmptyDirectory();
        assertThat(Hashes.ofTree(export("two"))).isEqualTo(Hashes.ofTree(output));
    }

    @Test
    void refusesWhatAnImageCannotHold() throws Exception {
        files.addDirectory("/data", 0700);
        files.symbolicLink("/elsewhere", "/data/link");
        assertThatThrownBy(() -> export("out"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("link");
    }
}
