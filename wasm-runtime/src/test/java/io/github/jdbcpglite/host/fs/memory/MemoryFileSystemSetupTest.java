package io.github.jdbcpglite.host.fs.memory;

import static io.github.jdbcpglite.host.fs.FileSystemTesting.assertErrno;
import static io.github.jdbcpglite.host.fs.FileSystemTesting.names;
import static io.github.jdbcpglite.host.fs.FileSystemTesting.read;
import static io.github.jdbcpglite.host.fs.FileSystemTesting.readBytes;
import static io.github.jdbcpglite.host.fs.FileSystemTesting.write;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.jdbcpglite.host.fs.Errno;
import io.github.jdbcpglite.host.fs.ErrnoException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Files that are there from the start: added by a list, and changed before anybody reads them. */
final class MemoryFileSystemSetupTest {
    private static final int BLOCK = FileContents.BLOCK_SIZE;

    private final MemoryFileSystem fs = MemoryFileSystem.create();
    private final AtomicInteger reads = new AtomicInteger();

    private static NewFile directory(String path) {
        return new NewFile(path, 0750, null);
    }

    private NewFile file(String path, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return new NewFile(path, 0640, new SharedContents(bytes.length, () -> counted(bytes)));
    }

    private byte[] counted(byte[] bytes) {
        reads.incrementAndGet();
        return bytes;
    }

    @Test
    void aListAddsFilesAndDirectories() throws ErrnoException {
        fs.addAll(
                List.of(
                        directory("/a"),
                        file("/a/one", "1"),
                        directory("/a/b"),
                        file("/a/b/two", "22"),
                        file("/a/three", "333"),
                        file("/top", "0")));
        assertThat(names(fs, "/")).containsExactly("a", "top");
        assertThat(names(fs, "/a")).containsExactly("b", "one", "three");
        assertThat(reads).hasValue(0);
        assertThat(read(fs, "/a/b/two")).isEqualTo("22");
        assertThat(reads).hasValue(1);
        assertThat(fs.stat("/a/one", true).mode()).isEqualTo(0640);
        assertThat(fs.stat("/a/b", true).mode()).isEqualTo(0750);
        assertThat(fs.stat("/a", true).linkCount()).isEqualTo(3);
        assertThat(fs.usedBytes()).isEqualTo(4L * BLOCK);
    }

    @Test
    void allOfAListHaveOneTime() throws ErrnoException {
        AtomicLong clock = new AtomicLong(100);
        MemoryFileSystem timed = MemoryFileSystem.builder().clock(clock::incrementAndGet).build();
        timed.addAll(List.of(directory("/a"), file("/a/one", "1"), file("/a/two", "2")));
        assertThat(timed.stat("/a", true).modifyNanos()).isEqualTo(102);
        assertThat(timed.stat("/a/two", true).modifyNanos()).isEqualTo(102);
    }

    @Test
    void whatCannotBeAddedIsRefused() throws ErrnoException {
        write(fs, "/file", "x");
        fs.makeDirectory("/d", 0700);
        fs.addAll(List.of(directory("/d")));
        assertThat(fs.stat("/d", true).mode()).isEqualTo(0700);
        assertErrno(Errno.EEXIST, () -> fs.addAll(List.of(file("/file", "y"))));
        assertErrno(Errno.EEXIST, () -> fs.addAll(List.of(directory("/file"))));
        assertErrno(Errno.EEXIST, () -> fs.addAll(List.of(file("/d", "y"))));
        assertErrno(Errno.ENOENT, () -> fs.addAll(List.of(file("/none/f", "y"))));
        assertErrno(Errno.ENOTDIR, () -> fs.addAll(List.of(file("/file/f", "y"))));
        MemoryFileSystem full = MemoryFileSystem.builder().maxBytes(BLOCK).build();
        assertErrno(Errno.ENOSPC, () -> full.addAll(List.of(file("/a", "1"), file("/b", "2"))));
        assertThat(names(full, "/")).containsExactly("a");
        assertThat(read(fs, "/file")).isEqualTo("x");
    }

    private static byte[] stamped(byte[] block, char stamp) {
        block[1] = (byte) stamp;
        return block;
    }

    private static byte[] large() {
        byte[] bytes = new byte[2 * BLOCK + 5];
        Arrays.fill(bytes, (byte) 'x');
        return bytes;
    }

    @Test
    void whatNobodyHasReadChangesWhenSomebodyDoes() throws ErrnoException {
        byte[] original = large();
        fs.addFile("/f", original.length, () -> counted(original), 0600);
        MemoryFileSystem copy = fs.copy();
        copy.amend("/f", block -> stamped(block, 'a'));
        MemoryFileSystem second = copy.copy();
        second.amend("/f", block -> stamped(block, (char) (block[1] + 1)));
        assertThat(reads).hasValue(0);
        byte[] expected = original.clone();
        expected[1] = 'a';
        assertThat(readBytes(copy, "/f")).isEqualTo(expected);
        expected[1] = 'b';
        assertThat(readBytes(second, "/f")).isEqualTo(expected);
        assertThat(readBytes(fs, "/f")).isEqualTo(original);
        assertThat(reads).hasValue(1);
        assertThat(copy.blockOf("/f", 1)).isSameAs(fs.blockOf("/f", 1));
        assertThat(original).containsOnly('x');
    }

    @Test
    void whatWasReadChangesAtOnce() throws ErrnoException {
        byte[] original = large();
        fs.addFile("/f", original, 0600);
        assertThat(readBytes(fs, "/f")).isEqualTo(original);
        MemoryFileSystem copy = fs.copy();
        copy.amend("/f", block -> stamped(block, 'a'));
        assertThat(copy.privateBytes()).isEqualTo(BLOCK);
        assertThat(readBytes(copy, "/f")[1]).isEqualTo((byte) 'a');
        assertThat(readBytes(fs, "/f")).isEqualTo(original);
    }

    @Test
    void amendingNeedsAFileWithABlock() throws ErrnoException {
        write(fs, "/empty", "");
        fs.addFile("/nothing", 0, () -> new byte[0], 0600);
        fs.amend("/empty", block -> stamped(block, 'a'));
        fs.amend("/nothing", block -> stamped(block, 'a'));
        assertThat(readBytes(fs, "/empty")).isEmpty();
        assertThat(readBytes(fs, "/nothing")).isEmpty();
        assertErrno(Errno.ENOENT, () -> fs.amend("/none", block -> block));
        assertErrno(Errno.EISDIR, () -> fs.amend("/", block -> block));
    }

    @Test
    void contentsThatCannotBeReadFailWhoReadsThem() throws ErrnoException {
        fs.addFile(
                "/f",
                1,
                () -> {
                    throw new IOException("as if");
                },
                0600);
        fs.amend("/f", block -> stamped(block, 'a'));
        assertErrno(Errno.EIO, () -> readBytes(fs, "/f"));
        assertErrno(Errno.EIO, () -> readBytes(fs, "/f"));
    }
}
