package io.github.jdbcpglite.host.fs;

import static io.github.jdbcpglite.host.fs.FileSystemTesting.WRITE;
import static io.github.jdbcpglite.host.fs.FileSystemTesting.assertErrno;
import static io.github.jdbcpglite.host.fs.FileSystemTesting.read;
import static io.github.jdbcpglite.host.fs.FileSystemTesting.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.jdbcpglite.host.fs.FaultInjectingFileSystem.Operation;
import io.github.jdbcpglite.host.fs.memory.MemoryFileSystem;
import org.junit.jupiter.api.Test;

/** The fixtures find what they are there to find. */
final class FileSystemFixturesTest {
    private final MemoryFileSystem memory = MemoryFileSystem.create();

    @Test
    void faultsStrikeOnceAtTheNthMatch() throws ErrnoException {
        FaultInjectingFileSystem fs = new FaultInjectingFileSystem(memory);
        fs.fail(Operation.OPEN, "/pg_wal", 2, Errno.EIO);
        fs.fail(Operation.SYNC, "/", 1, Errno.ENOSPC);
        assertThat(fs.pending()).isEqualTo(2);
        fs.makeDirectory("/pg_wal", 0700);
        write(fs, "/pg_wal/1", "");
        write(fs, "/other", "");
        assertErrno(Errno.EIO, () -> write(fs, "/pg_wal/2", ""));
        write(fs, "/pg_wal/2", "");
        try (FileHandle handle = fs.open("/f", WRITE, 0600)) {
            assertErrno(Errno.ENOSPC, () -> handle.sync(true));
            handle.sync(true);
        }
        assertThat(fs.pending()).isZero();
    }

    @Test
    void writesCanBeShort() throws ErrnoException {
        FaultInjectingFileSystem fs = new FaultInjectingFileSystem(memory);
        fs.shorten("/f", 2, 1);
        byte[] text = {'a', 'b', 'c'};
        try (FileHandle handle = fs.open("/f", WRITE, 0600)) {
            assertThat(handle.write(0, text, 0, 3)).isEqualTo(3);
            assertThat(handle.append(text, 0, 3)).isEqualTo(1);
            assertThat(handle.append(text, 1, 2)).isEqualTo(2);
        }
        assertThat(read(fs, "/f")).isEqualTo("abcabc");
    }

    @Test
    void leaksAreReportedWithTheirPlace() throws ErrnoException {
        LeakCheckingFileSystem fs = new LeakCheckingFileSystem(memory);
        FileHandle handle = fs.open("/f", WRITE, 0600);
        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(fs::assertNoLeaks)
                .satisfies(
                        error ->
                                assertThat(error.getSuppressed()[0])
                                        .hasMessageContaining("/f")
                                        .hasStackTraceContaining("leaksAreReported"));
        handle.close();
        fs.assertNoLeaks();
        assertThat(fs.openHandles()).isZero();
    }
}
