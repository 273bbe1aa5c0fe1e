package io.github.jdbcpglite.host.descriptor;

import static io.github.jdbcpglite.host.fs.FileSystemTesting.WRITE;
import static io.github.jdbcpglite.host.fs.FileSystemTesting.assertErrno;
import static io.github.jdbcpglite.host.fs.FileSystemTesting.read;
import static io.github.jdbcpglite.host.fs.FileSystemTesting.write;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.jdbcpglite.host.fs.DirectoryEntry;
import io.github.jdbcpglite.host.fs.Errno;
import io.github.jdbcpglite.host.fs.ErrnoException;
import io.github.jdbcpglite.host.fs.FileHandle;
import io.github.jdbcpglite.host.fs.OpenFlags;
import io.github.jdbcpglite.host.fs.layer.FilterFileHandle;
import io.github.jdbcpglite.host.fs.memory.MemoryFileSystem;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class OpenFileTest {
    private final MemoryFileSystem fs = MemoryFileSystem.create();
    private final byte[] text = "0123456789".getBytes(StandardCharsets.US_ASCII);

    private OpenFile open(String path, int flags) throws ErrnoException {
        return new OpenFile(fs.open(path, flags, 0600), path, flags);
    }

    @Test
    void readsAndWritesMoveTheOffset() throws ErrnoException {
        OpenFile file = open("/f", WRITE);
        byte[] buffer = new byte[4];
        assertThat(file.write(text, 0, 10)).isEqualTo(10);
        assertThat(file.offset()).isEqualTo(10);
        assertThat(file.read(buffer, 0, 4)).isZero();
        assertThat(file.seek(-3, OpenFile.SEEK_CUR)).isEqualTo(7);
        assertThat(file.read(buffer, 0, 4)).isEqualTo(3);
        assertThat(buffer).asString(StandardCharsets.US_ASCII).isEqualTo("789\0");
        assertThat(file.readAt(2, buffer, 0, 4)).isEqualTo(4);
        assertThat(file.writeAt(0, text, 9, 1)).isEqualTo(1);
        assertThat(file.offset()).isEqualTo(10);
        assertThat(read(fs, "/f")).isEqualTo("9123456789");
    }

    @Test
    void seeks() throws ErrnoException {
        OpenFile file = open("/f", WRITE);
        file.write(text, 0, 10);
        assertThat(file.seek(2, OpenFile.SEEK_END)).isEqualTo(12);
        assertThat(file.seek(1, OpenFile.SEEK_CUR)).isEqualTo(13);
        assertThat(file.seek(-10, OpenFile.SEEK_END)).isZero();
        assertErrno(Errno.EINVAL, () -> file.seek(-1, OpenFile.SEEK_CUR));
        assertErrno(Errno.EINVAL, () -> file.seek(-11, OpenFile.SEEK_END));
        assertErrno(Errno.EINVAL, () -> file.seek(-1, OpenFile.SEEK_SET));
        assertErrno(Errno.EINVAL, () -> file.seek(0, 3));
        assertErrno(Errno.EOVERFLOW, () -> file.seek(Long.MAX_VALUE, OpenFile.SEEK_END));
        assertErrno(Errno.EINVAL, () -> file.readAt(-1, new byte[1], 0, 1));
        assertErrno(Errno.EINVAL, () -> file.writeAt(-1, new byte[1], 0, 1));
        assertThat(file.offset()).isZero();
    }

    @Test
    void appendModeWritesAtTheEnd() throws ErrnoException {
        write(fs, "/f", "ab");
        OpenFile file = open("/f", OpenFlags.READ_WRITE | OpenFlags.APPEND);
        file.write(text, 1, 1);
        assertThat(file.offset()).isEqualTo(3);
        file.seek(0, OpenFile.SEEK_SET);
        file.write(text, 2, 1);
        file.writeAt(0, text, 3, 1);
        assertThat(read(fs, "/f")).isEqualTo("ab123");
        file.setFlags(0);
        file.writeAt(0, text, 9, 1);
        assertThat(read(fs, "/f")).isEqualTo("9b123");
    }

    @Test
    void onlyStatusFlagsCanBeSet() throws ErrnoException {
        OpenFile file = open("/f", WRITE);
        file.setFlags(OpenFlags.APPEND | OpenFlags.NON_BLOCK | OpenFlags.WRITE_ONLY);
        assertThat(file.flags()).isEqualTo(WRITE | OpenFlags.APPEND | OpenFlags.NON_BLOCK);
        file.setFlags(0);
        assertThat(file.flags()).isEqualTo(WRITE);
    }

    @Test
    void writesUnderDataSyncAreMadeDurable() throws ErrnoException {
        AtomicInteger syncs = new AtomicInteger();
        FileHandle counting =
                new FilterFileHandle(fs.open("/f", WRITE, 0600)) {
                    @Override
                    public void sync(boolean dataOnly) throws ErrnoException {
                        syncs.incrementAndGet();
                        super.sync(dataOnly);
                    }
                };
        OpenFile file = new OpenFile(counting, "/f", WRITE | OpenFlags.DATA_SYNC);
        file.write(text, 0, 1);
        file.writeAt(5, text, 0, 1);
        file.read(text, 0, 1);
        assertThat(syncs).hasValue(2);
        new OpenFile(counting, "/f", WRITE).write(text, 0, 1);
        assertThat(syncs).hasValue(2);
    }

    @Test
    void directoryScanSeesWhatWasThereAtItsStart() throws ErrnoException {
        fs.makeDirectory("/d", 0700);
        write(fs, "/d/a", "");
        write(fs, "/d/b", "");
        OpenFile directory = open("/d", OpenFlags.DIRECTORY);
        List<DirectoryEntry> entries = directory.directoryEntries(fs);
        assertThat(entries).extracting(DirectoryEntry::name).containsExactly(".", "..", "a", "b");
        assertThat(entries.get(0).inode()).isEqualTo(fs.stat("/d", true).inode());
        assertThat(entries.get(1).inode()).isEqualTo(fs.stat("/", true).inode());
        directory.seek(3, OpenFile.SEEK_SET);
        fs.unlink("/d/a");
        write(fs, "/d/c", "");
        assertThat(directory.directoryEntries(fs)).isEqualTo(entries);
        directory.seek(0, OpenFile.SEEK_SET);
        assertThat(directory.directoryEntries(fs))
                .extracting(DirectoryEntry::name)
                .containsExactly(".", "..", "b", "c");
        OpenFile file = open("/d/b", OpenFlags.READ_ONLY);
        assertErrno(Errno.ENOTDIR, () -> file.directoryEntries(fs));
    }

    @Test
    void streamsHaveNoPositions() throws ErrnoException {
        Pipe pipe = new Pipe();
        OpenFile writer = new OpenFile(pipe.writeEnd(), "pipe", OpenFlags.WRITE_ONLY);
        OpenFile reader = new OpenFile(pipe.readEnd(), "pipe", OpenFlags.READ_ONLY);
        byte[] buffer = new byte[10];
        assertThat(writer.write(text, 0, 3)).isEqualTo(3);
        assertThat(reader.read(buffer, 0, 10)).isEqualTo(3);
        assertThat(reader.offset()).isZero();
        assertErrno(Errno.ESPIPE, () -> reader.seek(0, OpenFile.SEEK_CUR));
        assertErrno(Errno.ESPIPE, () -> reader.readAt(0, buffer, 0, 1));
        assertErrno(Errno.ESPIPE, () -> writer.writeAt(0, buffer, 0, 1));
    }
}
