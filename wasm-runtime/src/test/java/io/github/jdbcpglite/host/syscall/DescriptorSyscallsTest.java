package io.github.jdbcpglite.host.syscall;

import static io.github.jdbcpglite.host.syscall.GuestFixture.OUTSIDE;
import static io.github.jdbcpglite.host.syscall.GuestFixture.PAGE;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.jdbcpglite.host.fs.Errno;
import io.github.jdbcpglite.host.fs.ErrnoException;
import io.github.jdbcpglite.host.fs.OpenFlags;
import io.github.jdbcpglite.host.fs.memory.MemoryFileSystem;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class DescriptorSyscallsTest {
    private static final String FALLOCATE = "__syscall_fallocate";
    private static final String FADVISE = "__syscall_fadvise64";
    private static final String FTRUNCATE = "__syscall_ftruncate64";
    private static final String FDATASYNC = "__syscall_fdatasync";
    private static final int CREATE = OpenFlags.CREATE | OpenFlags.READ_WRITE;

    private final GuestFixture guest;
    private final int result;

    DescriptorSyscallsTest() throws ErrnoException {
        guest = new GuestFixture();
        guest.file("/data/f", "0123456789");
        result = guest.allocate(8);
    }

    /** Writes texts as one vector of ranges and returns its address. */
    private int vector(String... texts) {
        int[] entries = new int[2 * texts.length];
        for (int i = 0; i < texts.length; i++) {
            entries[2 * i] = guest.string(texts[i]);
            entries[2 * i + 1] = texts[i].getBytes(StandardCharsets.UTF_8).length;
        }
        return guest.ints(entries);
    }

    private int pipe() {
        int ends = guest.allocate(8);
        guest.succeeds("__syscall_pipe2", ends, 0);
        return ends;
    }

    private int moved() {
        return guest.memory.getInt(result);
    }

    @Test
    void readFillsRangesInOrderAndMovesTheOffset() {
        int fd = guest.open("f", 0);
        int a = guest.allocate(8);
        int b = guest.allocate(8);
        int vector = guest.ints(a, 3, 0, 0, b, 4);
        guest.succeeds("fd_read", fd, vector, 3, result);
        assertThat(moved()).isEqualTo(7);
        assertThat(guest.text(a, 4)).isEqualTo("012Z");
        assertThat(guest.text(b, 5)).isEqualTo("3456Z");
        guest.succeeds("fd_read", fd, vector, 3, result);
        assertThat(moved()).isEqualTo(3);
        assertThat(guest.text(a, 3)).isEqualTo("789");
        assertThat(guest.text(b, 4)).isEqualTo("3456");
        guest.succeeds("fd_read", fd, vector, 3, result);
        assertThat(moved()).isZero();
    }

    @Test
    void transfersCrossPagesOfMemory() throws ErrnoException {
        StringBuilder content = new StringBuilder();
        for (int i = 0; content.length() < 2 * PAGE + 100; i++) {
            content.append(i).append(' ');
        }
        int length = content.length();
        int from = 5 * PAGE - 17;
        int to = 9 * PAGE - 5;
        guest.memory.put(from, content.toString().getBytes(StandardCharsets.US_ASCII));
        int fd = guest.open("big", CREATE);
        guest.succeeds("fd_write", fd, guest.ints(from, length), 1, result);
        assertThat(moved()).isEqualTo(length);
        assertThat(guest.content("/data/big")).isEqualTo(content.toString());
        guest.succeeds("fd_pread", fd, guest.ints(to, length), 1, 0, result);
        assertThat(moved()).isEqualTo(length);
        assertThat(guest.text(to, length)).isEqualTo(content.toString());
        int back = guest.open("back", CREATE);
        guest.succeeds("fd_pwrite", back, guest.ints(to, length), 1, 0, result);
        assertThat(guest.content("/data/back")).isEqualTo(content.toString());
    }

    @Test
    void positionedCallsLeaveTheOffset() throws ErrnoException {
        int fd = guest.open("f", OpenFlags.READ_WRITE);
        guest.succeeds("fd_pwrite", fd, vector("ab", "c"), 2, 4, result);
        assertThat(moved()).isEqualTo(3);
        assertThat(guest.content("/data/f")).isEqualTo("0123abc789");
        int buffer = guest.allocate(16);
        guest.succeeds("fd_pread", fd, guest.ints(buffer, 4), 1, 3, result);
        assertThat(guest.text(buffer, 4)).isEqualTo("3abc");
        guest.succeeds("fd_read", fd, guest.ints(buffer, 2), 1, result);
        assertThat(guest.text(buffer, 2)).isEqualTo("01");
        guest.succeeds("fd_pread", fd, guest.ints(buffer, 2), 1, 5L << 32, result);
        assertThat(moved()).isZero();
    }

    @Test
    void appendingWritesAtTheEndWhateverTheOffset() throws ErrnoException {
        int fd = guest.open("f", OpenFlags.WRITE_ONLY | OpenFlags.APPEND);
        guest.file("/data/f", "0123456789+");
        guest.succeeds("fd_write", fd, vector("x", "y"), 2, result);
        assertThat(guest.content("/data/f")).isEqualTo("0123456789+xy");
    }

    @Test
    void transfersFailAsPosixSays() {
        int fd = guest.open("f", OpenFlags.READ_WRITE);
        int reading = guest.open("f", OpenFlags.READ_ONLY);
        int writing = guest.open("f", OpenFlags.WRITE_ONLY);
        int one = vector("x");
        guest.failsWasi(Errno.EBADF, "fd_read", 50, one, 1, result);
        guest.failsWasi(Errno.EBADF, "fd_read", writing, one, 1, result);
        guest.failsWasi(Errno.EBADF, "fd_pread", writing, one, 1, 0, result);
        guest.failsWasi(Errno.EBADF, "fd_write", reading, one, 1, result);
        guest.failsWasi(Errno.EBADF, "fd_pwrite", reading, one, 1, 0, result);
        guest.failsWasi(Errno.EBADF, "fd_write", reading, one, 0, result);
        guest.failsWasi(Errno.EISDIR, "fd_read", guest.open("/data", 0), one, 1, result);
        guest.failsWasi(Errno.EINVAL, "fd_read", fd, one, -1, result);
        guest.failsWasi(Errno.EINVAL, "fd_read", fd, one, 1025, result);
        guest.failsWasi(Errno.EINVAL, "fd_read", fd, guest.ints(64, -1), 1, result);
        guest.failsWasi(Errno.EINVAL, "fd_pread", fd, one, 1, -1L, result);
        guest.failsWasi(Errno.EINVAL, "fd_pwrite", fd, one, 1, -1L, result);
        guest.failsWasi(Errno.EFAULT, "fd_read", fd, OUTSIDE, 1, result);
        guest.failsWasi(Errno.EFAULT, "fd_read", fd, one, 1, OUTSIDE);
        guest.failsWasi(Errno.EFAULT, "fd_read", fd, guest.ints(OUTSIDE, 1), 1, result);
        guest.failsWasi(Errno.EFAULT, "fd_write", fd, guest.ints(0, 1), 1, result);
    }

    @Test
    void aBadRangeFailsBeforeAnythingIsWritten() throws ErrnoException {
        int fd = guest.open("f", OpenFlags.WRITE_ONLY);
        int vector = guest.ints(guest.string("xx"), 2, OUTSIDE, 2);
        guest.failsWasi(Errno.EFAULT, "fd_write", fd, vector, 2, result);
        assertThat(guest.content("/data/f")).isEqualTo("0123456789");
    }

    @Test
    void aFullFileSystemCountsWhatFitted() throws ErrnoException {
        MemoryFileSystem small = MemoryFileSystem.builder().maxBytes(4L * PAGE).build();
        GuestFixture full = new GuestFixture(small, builder -> {});
        int count = full.allocate(4);
        int fd = full.open("big", CREATE);
        int vector = full.ints(PAGE, PAGE, PAGE, 5 * PAGE);
        full.succeeds("fd_write", fd, vector, 2, count);
        int written = full.memory.getInt(count);
        assertThat(written).isBetween(PAGE, 4 * PAGE);
        assertThat(small.stat("/data/big", true).size()).isEqualTo(written);
        full.failsWasi(Errno.ENOSPC, "fd_write", fd, vector, 2, count);
    }

    @Test
    void streamsHaveNoPositions() {
        int ends = pipe();
        int reading = guest.memory.getInt(ends);
        int writing = guest.memory.getInt(ends + 4);
        guest.failsWasi(Errno.ESPIPE, "fd_pread", reading, vector("x"), 1, 0, result);
        guest.failsWasi(Errno.ESPIPE, "fd_pwrite", writing, vector("x"), 1, 0, result);
        guest.failsWasi(Errno.ESPIPE, "fd_seek", reading, 0, 1, result);
        guest.failsWasi(Errno.EINVAL, "fd_sync", reading);
        guest.fails(Errno.ESPIPE, FADVISE, reading, 0, 0, 0);
        guest.fails(Errno.ESPIPE, FALLOCATE, writing, 0, 0, 1);
    }

    @Test
    void standardStreamsReachTheDevices() {
        guest.succeeds("fd_write", 1, vector("out"), 1, result);
        guest.succeeds("fd_write", 2, vector("err"), 1, result);
        assertThat(guest.output.toString(StandardCharsets.UTF_8)).isEqualTo("outerr");
        int buffer = guest.allocate(64);
        guest.succeeds("fd_read", 0, guest.ints(buffer, 64), 1, result);
        assertThat(guest.text(buffer, moved())).isEqualTo("input");
    }

    @Test
    void seekGoesFromEachBase() {
        int fd = guest.open("f", 0);
        guest.succeeds("fd_seek", fd, 4, 0, result);
        guest.succeeds("fd_seek", fd, -1L, 1, result);
        assertThat(guest.memory.getLong(result)).isEqualTo(3);
        guest.succeeds("fd_seek", fd, 1L << 40, 2, result);
        assertThat(guest.memory.getLong(result)).isEqualTo((1L << 40) + 10);
        guest.failsWasi(Errno.EINVAL, "fd_seek", fd, -1L, 0, result);
        guest.failsWasi(Errno.EINVAL, "fd_seek", fd, -11L, 2, result);
        guest.failsWasi(Errno.EINVAL, "fd_seek", fd, 0, 3, result);
        guest.failsWasi(Errno.EOVERFLOW, "fd_seek", fd, Long.MAX_VALUE, 1, result);
        guest.failsWasi(Errno.EBADF, "fd_seek", 50, 0, 0, result);
        guest.failsWasi(Errno.EFAULT, "fd_seek", fd, 1, 0, OUTSIDE);
        guest.succeeds("fd_seek", fd, 0, 1, result);
        assertThat(guest.memory.getLong(result)).isEqualTo((1L << 40) + 10);
    }

    @Test
    void closeFreesTheLowestNumber() {
        assertThat(guest.open("f", 0)).isEqualTo(3);
        assertThat(guest.open("f", 0)).isEqualTo(4);
        guest.succeeds("fd_close", 3);
        guest.failsWasi(Errno.EBADF, "fd_close", 3);
        guest.failsWasi(Errno.EBADF, "fd_close", -1);
        assertThat(guest.open("f", 0)).isEqualTo(3);
    }

    @Test
    void syncWorksOnFilesAndDirectories() {
        int file = guest.open("f", 0);
        int directory = guest.open("/data", OpenFlags.DIRECTORY);
        for (int fd : new int[] {file, directory}) {
            guest.succeeds("fd_sync", fd);
            guest.succeeds(FDATASYNC, fd);
        }
        guest.failsWasi(Errno.EBADF, "fd_sync", 50);
        guest.fails(Errno.EBADF, FDATASYNC, 50);
    }

    @Test
    void fdstatTellsKindAndFlags() {
        int addr = guest.allocate(32);
        guest.succeeds("fd_fdstat_get", guest.open("f", OpenFlags.APPEND | 1), addr);
        assertThat(guest.memory.getLong(addr)).isEqualTo(4 | 1 << 16);
        assertThat(guest.memory.getByte(addr + 24)).isEqualTo((byte) 0x5A);
        guest.succeeds("fd_fdstat_get", guest.open("/data", 0), addr);
        assertThat(guest.memory.getByte(addr)).isEqualTo((byte) 3);
        guest.succeeds("fd_fdstat_get", 0, addr);
        assertThat(guest.memory.getByte(addr)).isEqualTo((byte) 2);
        guest.failsWasi(Errno.EBADF, "fd_fdstat_get", 50, addr);
        guest.failsWasi(Errno.EFAULT, "fd_fdstat_get", 0, OUTSIDE);
    }

    @Test
    void ftruncateNeedsAFileOpenForWriting() throws ErrnoException {
        int fd = guest.open("f", OpenFlags.READ_WRITE);
        guest.succeeds(FTRUNCATE, fd, 12);
        assertThat(guest.content("/data/f")).isEqualTo("0123456789\0\0");
        guest.succeeds(FTRUNCATE, fd, 6L << 30);
        assertThat(guest.files.stat("/data/f", true).size()).isEqualTo(6L << 30);
        guest.fails(Errno.EINVAL, FTRUNCATE, fd, -1L);
        guest.fails(Errno.EINVAL, FTRUNCATE, guest.open("f", 0), 1);
        guest.fails(Errno.EBADF, FTRUNCATE, 50, 1);
    }

    @Test
    void fallocateExtendsOnly() throws ErrnoException {
        int fd = guest.open("f", OpenFlags.READ_WRITE);
        guest.succeeds(FALLOCATE, fd, 0, 2, 4);
        assertThat(guest.files.stat("/data/f", true).size()).isEqualTo(10);
        guest.succeeds(FALLOCATE, fd, 0, 5L << 30, 8192);
        assertThat(guest.files.stat("/data/f", true).size()).isEqualTo((5L << 30) + 8192);
        guest.fails(Errno.EINVAL, FALLOCATE, fd, 0, 0, 0);
        guest.fails(Errno.EINVAL, FALLOCATE, fd, 0, -1L, 1);
        guest.fails(Errno.ENOTSUP, FALLOCATE, fd, 1, 0, 1);
        guest.fails(Errno.EFBIG, FALLOCATE, fd, 0, Long.MAX_VALUE, 1);
        guest.fails(Errno.EBADF, FALLOCATE, guest.open("f", 0), 0, 0, 1);
        guest.fails(Errno.EBADF, FALLOCATE, 50, 0, 0, 1);
    }

    @Test
    void fadviseChecksItsArguments() {
        int fd = guest.open("f", 0);
        guest.succeeds(FADVISE, fd, 0, 0, 5);
        guest.fails(Errno.EINVAL, FADVISE, fd, 0, 0, 6);
        guest.fails(Errno.EINVAL, FADVISE, fd, 0, -1L, 0);
        guest.fails(Errno.EBADF, FADVISE, 50, 0, 0, 0);
    }
}
