package io.github.jdbcpglite.host.fs.memory;

import static io.github.jdbcpglite.host.fs.FileSystemTesting.assertErrno;
import static io.github.jdbcpglite.host.fs.FileSystemTesting.exists;
import static io.github.jdbcpglite.host.fs.FileSystemTesting.names;
import static io.github.jdbcpglite.host.fs.FileSystemTesting.textAt;
import static io.github.jdbcpglite.host.fs.FileSystemTesting.writeAt;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.jdbcpglite.host.descriptor.FdTable;
import io.github.jdbcpglite.host.fs.Errno;
import io.github.jdbcpglite.host.fs.ErrnoException;
import io.github.jdbcpglite.host.fs.FileHandle;
import io.github.jdbcpglite.host.fs.FileStatus;
import io.github.jdbcpglite.host.fs.FileType;
import io.github.jdbcpglite.host.fs.OpenFlags;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class DevicesTest {
    private final MemoryFileSystem fs = MemoryFileSystem.create();
    private final ByteArrayOutputStream output = new ByteArrayOutputStream();
    private final ByteArrayOutputStream error = new ByteArrayOutputStream();

    @BeforeEach
    void install() throws ErrnoException {
        byte[] input = "input".getBytes(StandardCharsets.UTF_8);
        Devices.install(fs, new Random(3), new ByteArrayInputStream(input), output, error);
    }

    private FileHandle open(String path) throws ErrnoException {
        return fs.open(path, OpenFlags.READ_WRITE, 0);
    }

    @Test
    void treeIsWhatGuestsExpect() throws ErrnoException {
        assertThat(names(fs, "/")).containsExactly("dev", "tmp");
        assertThat(names(fs, "/dev"))
                .containsExactly(
                        "null", "random", "shm", "stderr", "stdin", "stdout", "urandom", "zero");
        assertThat(exists(fs, "/dev/tty")).isFalse();
        assertThat(fs.stat("/tmp", true).mode()).isEqualTo(01777);
        FileStatus status = fs.stat("/dev/null", true);
        assertThat(status.type()).isEqualTo(FileType.CHARACTER_DEVICE);
        assertThat(status.mode()).isEqualTo(0666);
        assertThat(status.size()).isZero();
    }

    @Test
    void nullTakesEverythingAndGivesNothing() throws ErrnoException {
        try (FileHandle handle = open("/dev/null")) {
            writeAt(handle, 0, "text");
            assertThat(textAt(handle, 0, 10)).isEmpty();
            handle.append(new byte[3], 0, 3);
            handle.sync(false);
            assertErrno(Errno.EINVAL, () -> handle.truncate(0));
        }
        fs.open("/dev/null", OpenFlags.WRITE_ONLY | OpenFlags.TRUNCATE, 0).close();
    }

    @Test
    void zeroGivesZeros() throws ErrnoException {
        byte[] buffer = {1, 2, 3, 4};
        try (FileHandle handle = open("/dev/zero")) {
            assertThat(handle.read(9, buffer, 1, 2)).isEqualTo(2);
            assertThat(buffer).containsExactly(1, 0, 0, 4);
        }
    }

    @Test
    void randomGivesBytesOfTheGenerator() throws ErrnoException {
        byte[] expected = new byte[16];
        new Random(3).nextBytes(expected);
        byte[] buffer = new byte[16];
        try (FileHandle handle = open("/dev/urandom")) {
            assertThat(handle.read(0, buffer, 0, 16)).isEqualTo(16);
        }
        assertThat(buffer).isEqualTo(expected);
    }

    @Test
    void standardStreamsAreTheOnesGiven() throws ErrnoException {
        FdTable table = FdTable.withStandardStreams(fs, 10);
        byte[] buffer = new byte[10];
        assertThat(table.get(0).read(buffer, 0, 10)).isEqualTo(5);
        assertThat(table.get(0).read(buffer, 0, 10)).isZero();
        table.get(1).write(buffer, 0, 2);
        table.get(2).write(buffer, 2, 3);
        assertThat(output).hasToString("in");
        assertThat(error).hasToString("put");
        assertErrno(Errno.EBADF, () -> table.get(0).write(buffer, 0, 1));
        assertErrno(Errno.EBADF, () -> table.get(1).read(buffer, 0, 1));
        table.closeAll();
    }

    @Test
    void brokenStreamIsAnOutputError() throws ErrnoException {
        OutputStream broken =
                new OutputStream() {
                    @Override
                    public void write(int b) throws IOException {
                        throw new IOException("on purpose");
                    }
                };
        fs.addDevice("/dev/stdout", Devices.output(broken), 0600);
        try (FileHandle handle = open("/dev/stdout")) {
            assertErrno(Errno.EIO, () -> writeAt(handle, 0, "x"));
        }
    }

    @Test
    void copyKeepsDevicesUntilTheyAreReplaced() throws ErrnoException {
        MemoryFileSystem copy = fs.copy();
        ByteArrayOutputStream other = new ByteArrayOutputStream();
        copy.addDevice("/dev/stdout", Devices.output(other), 0600);
        try (FileHandle ofCopy = copy.open("/dev/stdout", OpenFlags.WRITE_ONLY, 0);
                FileHandle errorOfCopy = copy.open("/dev/stderr", OpenFlags.WRITE_ONLY, 0);
                FileHandle ofOriginal = open("/dev/stdout")) {
            writeAt(ofCopy, 0, "copy");
            writeAt(errorOfCopy, 0, "shared");
            writeAt(ofOriginal, 0, "original");
        }
        assertThat(other).hasToString("copy");
        assertThat(output).hasToString("original");
        assertThat(error).hasToString("shared");
    }

    @Test
    void closedDeviceIsRefused() throws ErrnoException {
        FileHandle handle = open("/dev/null");
        handle.setMode(0600);
        assertThat(handle.status().mode()).isEqualTo(0600);
        handle.close();
        assertErrno(Errno.EBADF, () -> writeAt(handle, 0, "x"));
        assertErrno(Errno.EBADF, handle::status);
    }
}
