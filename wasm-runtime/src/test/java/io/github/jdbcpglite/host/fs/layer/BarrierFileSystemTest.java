package io.github.jdbcpglite.host.fs.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.jdbcpglite.host.fs.Errno;
import io.github.jdbcpglite.host.fs.ErrnoException;
import io.github.jdbcpglite.host.fs.FileHandle;
import io.github.jdbcpglite.host.fs.FileSystem;
import io.github.jdbcpglite.host.fs.OpenFlags;
import io.github.jdbcpglite.host.fs.memory.MemoryFileSystem;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BarrierFileSystemTest {
    private static final byte[] TEXT = "text".getBytes(StandardCharsets.US_ASCII);

    /** Notes which files are made durable, and fails for one of them. */
    private static final class Recorder extends FilterFileSystem {
        final List<String> synced = new ArrayList<>();
        @Nullable String failing;

        Recorder(FileSystem behind) {
            super(behind);
        }

        @Override
        public FileHandle open(String path, int flags, int mode) throws ErrnoException {
            return new FilterFileHandle(super.open(path, flags, mode)) {
                @Override
                public void sync(boolean dataOnly) throws ErrnoException {
                    if (path.equals(failing)) {
                        throw new ErrnoException(Errno.EIO);
                    }
                    synced.add(path);
                    super.sync(dataOnly);
                }
            };
        }
    }

    private final Recorder disk = new Recorder(MemoryFileSystem.create());
    private final FileSystem files =
            new BarrierFileSystem(disk, "/control", path -> path.startsWith("/data/"));

    @BeforeEach
    void makeFiles() throws ErrnoException {
        disk.makeDirectory("/data", 0700);
        write("/control");
    }

    private void write(String path) throws ErrnoException {
        int flags = OpenFlags.READ_WRITE | OpenFlags.CREATE;
        try (FileHandle handle = files.open(path, flags, 0600)) {
            handle.write(0, TEXT, 0, TEXT.length);
        }
    }

    private void sync(String path) throws ErrnoException {
        try (FileHandle handle = files.open(path, OpenFlags.READ_WRITE, 0)) {
            handle.sync(false);
        }
    }

    @Test
    void theBarrierComesAfterAllThatWasWritten() throws ErrnoException {
        write("/data/a");
        write("/data/b");
        sync("/control");
        assertThat(disk.synced).containsExactlyInAnyOrder("/data/a", "/data/b", "/control");
        assertThat(disk.synced).last().isEqualTo("/control");

        disk.synced.clear();
        sync("/control");
        assertThat(disk.synced).as("nothing was written since").containsExactly("/control");
    }

    @Test
    void whatIsDurableAlreadyOrDoesNotCountIsNotWaitedFor() throws ErrnoException {
        write("/data/a");
        sync("/data/a");
        write("/other");
        disk.synced.clear();
        sync("/control");
        assertThat(disk.synced).containsExactly("/control");
    }

    @Test
    void deletedFilesAreForgottenAndRenamedOnesFollowed() throws ErrnoException {
        write("/data/a");
        write("/data/b");
        files.unlink("/data/a");
        files.rename("/data/b", "/data/c");
        sync("/control");
        assertThat(disk.synced).containsExactly("/data/c", "/control");
    }

    @Test
    void aFailureKeepsTheBarrierFromBecomingDurable() throws ErrnoException {
        write("/data/a");
        disk.failing = "/data/a";
        assertThatThrownBy(() -> sync("/control"))
                .isInstanceOfSatisfying(
                        ErrnoException.class, e -> assertThat(e.errno()).isEqualTo(Errno.EIO));
        assertThat(disk.synced).isEmpty();

        disk.failing = null;
        sync("/control");
        assertThat(disk.synced).containsExactly("/data/a", "/control");
    }

    @Test
    void truncatingCountsAsWriting() throws ErrnoException {
        write("/data/a");
        sync("/control");
        disk.synced.clear();
        try (FileHandle handle = files.open("/data/a", OpenFlags.READ_WRITE, 0)) {
            handle.truncate(1);
        }
        sync("/control");
        assertThat(disk.synced).containsExactly("/data/a", "/control");
    }
}
