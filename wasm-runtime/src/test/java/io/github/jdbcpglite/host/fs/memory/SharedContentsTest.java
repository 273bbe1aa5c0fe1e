package io.github.jdbcpglite.host.fs.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.jdbcpglite.host.fs.ErrnoException;
import io.github.jdbcpglite.host.fs.FileHandle;
import io.github.jdbcpglite.host.fs.FileSystem;
import io.github.jdbcpglite.host.fs.OpenFlags;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class SharedContentsTest {
    private static final byte[] TEXT = "shared".getBytes(StandardCharsets.UTF_8);

    private final AtomicInteger reads = new AtomicInteger();
    private final SharedContents contents =
            new SharedContents(
                    TEXT.length,
                    () -> {
                        reads.incrementAndGet();
                        return TEXT.clone();
                    });

    private static String read(FileSystem files) throws ErrnoException {
        FileHandle file = files.open("/f", OpenFlags.READ_ONLY, 0);
        try {
            byte[] bytes = new byte[TEXT.length];
            assertThat(file.read(0, bytes, 0, bytes.length)).isEqualTo(bytes.length);
            return new String(bytes, StandardCharsets.UTF_8);
        } finally {
            file.close();
        }
    }

    @Test
    void severalFileSystemsReadThemOnceAndChangeTheirOwn() throws ErrnoException {
        MemoryFileSystem a = MemoryFileSystem.create();
        MemoryFileSystem b = MemoryFileSystem.create();
        a.addFile("/f", contents, 0644);
        b.addFile("/f", contents, 0644);
        assertThat(reads).hasValue(0);
        assertThat(read(a)).isEqualTo("shared");
        assertThat(read(b)).isEqualTo("shared");
        assertThat(reads).hasValue(1);
        FileHandle file = a.open("/f", OpenFlags.READ_WRITE, 0);
        file.write(0, new byte[] {'S'}, 0, 1);
        file.close();
        assertThat(read(a)).isEqualTo("Shared");
        assertThat(read(b)).isEqualTo("shared");
        a.close();
        b.close();
    }

    @Test
    void aSizeIsWithinAnArrays() {
        assertThatThrownBy(() -> new SharedContents(-1, () -> TEXT))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
