package io.github.jdbcpglite.host.descriptor;

import static io.github.jdbcpglite.host.fs.FileSystemTesting.assertErrno;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.jdbcpglite.host.fs.Errno;
import io.github.jdbcpglite.host.fs.ErrnoException;
import io.github.jdbcpglite.host.fs.FileHandle;
import io.github.jdbcpglite.host.fs.FileType;
import io.github.jdbcpglite.host.fs.OpenFlags;
import java.io.ByteArrayOutputStream;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class PipeTest {
    private final AtomicInteger changes = new AtomicInteger();
    private final Pipe pipe = new Pipe(Pipe.ATOMIC_BYTES, changes::incrementAndGet);
    private final FileHandle reader = pipe.readEnd();
    private final FileHandle writer = pipe.writeEnd();
    private final byte[] buffer = new byte[2 * Pipe.ATOMIC_BYTES];

    @Test
    void bytesComeOutInOrder() throws ErrnoException {
        Random random = new Random(5);
        byte[] in = new byte[50_000];
        random.nextBytes(in);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int written = 0;
        while (out.size() < in.length) {
            int room = Pipe.ATOMIC_BYTES - pipe.available();
            int length = Math.min(in.length - written, random.nextInt(room + 1));
            written += writer.write(0, in, written, length);
            if (pipe.available() > 0) {
                int count = reader.read(0, buffer, 3, random.nextInt(3000));
                out.write(buffer, 3, count);
            }
        }
        assertThat(out.toByteArray()).isEqualTo(in);
    }

    @Test
    void emptyPipeAsksToTryAgainUntilTheWriterCloses() throws ErrnoException {
        assertErrno(Errno.EAGAIN, () -> reader.read(0, buffer, 0, 1));
        assertThat(reader.read(0, buffer, 0, 0)).isZero();
        assertThat(pipe.isReadable()).isFalse();
        writer.write(0, buffer, 0, 2);
        assertThat(pipe.isReadable()).isTrue();
        writer.close();
        assertThat(reader.read(0, buffer, 0, 9)).isEqualTo(2);
        assertThat(reader.read(0, buffer, 0, 9)).isZero();
        assertThat(pipe.isReadable()).isTrue();
    }

    @Test
    void fullPipeAsksToTryAgain() throws ErrnoException {
        assertThat(pipe.isWritable()).isTrue();
        assertThat(writer.write(0, buffer, 0, 1)).isEqualTo(1);
        assertErrno(Errno.EAGAIN, () -> writer.write(0, buffer, 0, Pipe.ATOMIC_BYTES));
        assertThat(pipe.available()).isEqualTo(1);
        assertThat(writer.write(0, buffer, 0, Pipe.ATOMIC_BYTES + 1))
                .as("a large write may be short")
                .isEqualTo(Pipe.ATOMIC_BYTES - 1);
        assertErrno(Errno.EAGAIN, () -> writer.write(0, buffer, 0, Pipe.ATOMIC_BYTES + 1));
        assertThat(pipe.isWritable()).isFalse();
    }

    @Test
    void pipeWithoutReaderIsBroken() throws ErrnoException {
        writer.write(0, buffer, 0, 3);
        reader.close();
        assertErrno(Errno.EPIPE, () -> writer.write(0, buffer, 0, 1));
        assertErrno(Errno.EPIPE, () -> writer.append(buffer, 0, 1));
        assertThat(writer.write(0, buffer, 0, 0)).isZero();
        assertThat(pipe.isWritable()).isTrue();
    }

    @Test
    void endsDoOneThing() throws ErrnoException {
        assertErrno(Errno.EBADF, () -> reader.write(0, buffer, 0, 1));
        assertErrno(Errno.EBADF, () -> writer.read(0, buffer, 0, 1));
        assertErrno(Errno.EINVAL, () -> writer.truncate(0));
        assertErrno(Errno.EINVAL, () -> writer.sync(true));
        assertThat(writer.isStream()).isTrue();
        assertThat(reader.size()).isZero();
        assertThat(reader.status().type()).isEqualTo(FileType.FIFO);
    }

    @Test
    void closedEndIsRefused() throws ErrnoException {
        reader.close();
        writer.close();
        assertErrno(Errno.EBADF, () -> reader.read(0, buffer, 0, 1));
        assertErrno(Errno.EBADF, () -> writer.write(0, buffer, 0, 1));
        assertErrno(Errno.EBADF, reader::status);
        assertErrno(Errno.EBADF, writer::size);
    }

    @Test
    void listenerHearsOfEveryChange() throws ErrnoException {
        writer.write(0, buffer, 0, 3);
        assertThat(changes).hasValue(1);
        reader.read(0, buffer, 0, 9);
        assertThat(changes).hasValue(2);
        assertErrno(Errno.EAGAIN, () -> reader.read(0, buffer, 0, 1));
        assertThat(changes).hasValue(2);
        writer.close();
        writer.close();
        assertThat(changes).hasValue(3);
        reader.close();
        assertThat(changes).hasValue(4);
    }

    @Test
    void duplicatedEndClosesWithTheLastDescriptor() throws ErrnoException {
        FdTable table = new FdTable();
        int fd = table.add(new OpenFile(writer, "pipe", OpenFlags.WRITE_ONLY));
        FdTable child = table.copy();
        table.closeAll();
        assertErrno(Errno.EAGAIN, () -> reader.read(0, buffer, 0, 1));
        child.close(fd);
        assertThat(reader.read(0, buffer, 0, 1)).isZero();
    }

    @Test
    void capacityMustHoldAnAtomicWrite() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Pipe(100, () -> {}));
    }
}
