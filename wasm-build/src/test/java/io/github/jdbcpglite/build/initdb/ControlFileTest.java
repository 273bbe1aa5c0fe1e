package io.github.jdbcpglite.build.initdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.jdbcpglite.build.stage.PipelineException;
import io.github.jdbcpglite.host.fs.DirectoryEntry;
import io.github.jdbcpglite.host.fs.ErrnoException;
import io.github.jdbcpglite.host.fs.memory.MemoryFileSystem;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class ControlFileTest {
    private static final int MEGABYTE = 1 << 20;

    private final MemoryFileSystem files = MemoryFileSystem.create();

    @BeforeEach
    void makeDirectories() throws ErrnoException {
        files.addDirectory("/data", 0700);
        files.addDirectory("/data/global", 0700);
        files.addDirectory("/data/pg_wal", 0700);
    }

    private ControlFile control(int version, int state, long checkpoint) throws ErrnoException {
        ByteBuffer data = ByteBuffer.allocate(8192).order(ByteOrder.LITTLE_ENDIAN);
        data.putInt(8, version).putInt(16, state).putLong(32, checkpoint);
        files.addFile("/data/global/pg_control", data.array(), 0600);
        return ControlFile.read(files, "/data");
    }

    private void segments(String... names) throws ErrnoException {
        for (String name : names) {
            files.addFile("/data/pg_wal/" + name, new byte[1], 0600);
        }
    }

    @Test
    void deletesSegmentsBehindTheCheckpointOnly() throws ErrnoException {
        segments(
                "000000010000000200000FFF",
                "000000010000000300000001",
                "000000010000000300000002",
                "000000010000000400000000");
        files.addDirectory("/data/pg_wal/archive_status", 0700);
        control(1800, 1, (3L << 32) + MEGABYTE + 40)
                .deleteRecycledSegments(files, "/data/pg_wal", MEGABYTE);
        assertThat(files.list("/data/pg_wal"))
                .extracting(DirectoryEntry::name)
                .containsExactlyInAnyOrder(
                        "000000010000000200000FFF", "000000010000000300000001", "archive_status");
    }

    @Test
    void aCheckpointWithoutItsSegmentIsRefused() throws ErrnoException {
        segments("000000010000000000000001");
        ControlFile control = control(1800, 1, 7 * MEGABYTE);
        assertThatThrownBy(() -> control.deleteRecycledSegments(files, "/data/pg_wal", MEGABYTE))
                .isInstanceOf(PipelineException.class)
                .hasMessageContaining("000000010000000000000007");
    }

    @Test
    void aClusterThatWasNotShutDownIsRefused() throws ErrnoException {
        ControlFile control = control(1800, 6, 0);
        assertThatThrownBy(control::requireShutDown)
                .isInstanceOf(PipelineException.class)
                .hasMessageContaining("6");
    }

    @Test
    void anotherVersionIsRefused() {
        assertThatThrownBy(() -> control(1700, 1, 0))
                .isInstanceOf(PipelineException.class)
                .hasMessageContaining("1700");
    }
}
