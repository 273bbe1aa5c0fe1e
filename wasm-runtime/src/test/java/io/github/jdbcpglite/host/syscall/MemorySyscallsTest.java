package io.github.jdbcpglite.host.syscall;

import static io.github.jdbcpglite.host.syscall.GuestFixture.OUTSIDE;
import static io.github.jdbcpglite.host.syscall.GuestFixture.PAGE;
import static io.github.jdbcpglite.host.syscall.GuestFixture.WASM_PAGES;
import static io.github.jdbcpglite.host.syscall.GuestFixture.WASM_PAGES_MAX;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.jdbcpglite.host.fs.Errno;
import io.github.jdbcpglite.host.fs.ErrnoException;
import io.github.jdbcpglite.host.fs.OpenFlags;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class MemorySyscallsTest {
    private static final String MMAP = "_mmap_js";
    private static final String MUNMAP = "_munmap_js";
    private static final String RESIZE = "emscripten_resize_heap";
    private static final int READ = 1;
    private static final int WRITE = 3;
    private static final int SHARED = 1;
    private static final int PRIVATE = 2;

    private final GuestFixture guest;
    private final int allocated;
    private final int result;

    MemorySyscallsTest() throws ErrnoException {
        guest = new GuestFixture();
        guest.file("/data/f", "0123456789");
        allocated = guest.allocate(4);
        result = guest.allocate(4);
    }

    private int map(int length, int protection, int flags, int fd, long offset) {
        guest.succeeds(MMAP, length, protection, flags, fd, offset, allocated, result);
        assertThat(guest.memory.getInt(allocated)).isEqualTo(1);
        return guest.memory.getInt(result);
    }

    private void write(int addr, String text) {
        guest.memory.put(addr, text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void growsByAFifthOrToWhatIsAskedFor() {
        assertThat(guest.call(RESIZE, WASM_PAGES * PAGE + 1)).isEqualTo(1);
        assertThat(guest.memory.pages()).isEqualTo(20);
        assertThat(guest.call(RESIZE, 40 * PAGE)).isEqualTo(1);
        assertThat(guest.memory.pages()).isEqualTo(40);
    }

    @Test
    void growsToTheLimitAndNotBeyond() {
        assertThat(guest.call("emscripten_get_heap_max")).isEqualTo((long) WASM_PAGES_MAX * PAGE);
        assertThat(guest.call(RESIZE, WASM_PAGES_MAX * PAGE + 1)).isZero();
        assertThat(guest.call(RESIZE, 0xFFFF_FFFFL)).isZero();
        assertThat(guest.memory.pages()).isEqualTo(WASM_PAGES);
        assertThat(guest.call(RESIZE, (WASM_PAGES_MAX - 1) * PAGE)).isEqualTo(1);
        assertThat(guest.call(RESIZE, (WASM_PAGES_MAX - 1) * PAGE + 1)).isEqualTo(1);
        assertThat(guest.memory.pages()).isEqualTo(WASM_PAGES_MAX);
    }

    @Test
    void aMappingHoldsTheFileAndThenZeros() {
        int fd = guest.open("f", 0);
        int addr = map(20, READ, SHARED, fd, 4);
        assertThat(addr % PAGE).isZero();
        assertThat(guest.text(addr, 20)).isEqualTo("456789" + "\0".repeat(14));
        assertThat(guest.memory.getByte(addr + PAGE - 1)).isZero();
        int past = map(4, READ, PRIVATE, fd, 5L << 32);
        assertThat(guest.text(past, 4)).isEqualTo("\0\0\0\0");
    }

    @Test
    void aSharedMappingIsWrittenBackAsFarAsTheFileReaches() throws ErrnoException {
        int fd = guest.open("f", OpenFlags.READ_WRITE);
        int addr = map(20, WRITE, SHARED, fd, 4);
        write(addr, "abcdefghijkl");
        assertThat(guest.content("/data/f")).isEqualTo("0123456789");
        guest.succeeds(MUNMAP, addr, 20, WRITE, SHARED, fd, 4);
        assertThat(guest.content("/data/f")).isEqualTo("0123abcdef");
    }

    @Test
    void aMappingOutlivesItsDescriptor() throws ErrnoException {
        int fd = guest.open("f", OpenFlags.READ_WRITE);
        int addr = map(10, WRITE, SHARED, fd, 0);
        guest.succeeds("fd_close", fd);
        guest.file("/data/other", "other file");
        assertThat(guest.open("other", OpenFlags.READ_WRITE)).isEqualTo(fd);
        write(addr, "ab");
        guest.succeeds(MUNMAP, addr, 10, WRITE, SHARED, fd, 0);
        assertThat(guest.content("/data/f")).isEqualTo("ab23456789");
        assertThat(guest.content("/data/other")).isEqualTo("other file");
    }

    @Test
    void aMappingTheHostForgotIsWrittenThroughTheDescriptor() throws ErrnoException {
        int fd = guest.open("f", OpenFlags.READ_WRITE);
        write(PAGE, "xy");
        guest.succeeds(MUNMAP, PAGE, 2, WRITE, SHARED, fd, 1);
        assertThat(guest.content("/data/f")).isEqualTo("0xy3456789");
        guest.fails(Errno.EBADF, MUNMAP, PAGE, 2, WRITE, SHARED, 50, 1);
    }

    @Test
    void privateAndReadOnlyMappingsAreNotWrittenBack() throws ErrnoException {
        int fd = guest.open("f", OpenFlags.READ_WRITE);
        int copy = map(10, WRITE, PRIVATE, fd, 0);
        write(copy, "ab");
        guest.succeeds(MUNMAP, copy, 10, WRITE, PRIVATE, fd, 0);
        int view = map(10, READ, SHARED, fd, 0);
        write(view, "ab");
        guest.succeeds(MUNMAP, view, 10, READ, SHARED, fd, 0);
        assertThat(guest.content("/data/f")).isEqualTo("0123456789");
    }

    @Test
    void mmapFailsAsPosixSays() {
        int fd = guest.open("f", 0);
        int writing = guest.open("f", OpenFlags.WRITE_ONLY);
        guest.fails(Errno.EBADF, MMAP, 10, READ, SHARED, 50, 0, allocated, result);
        guest.fails(Errno.ENODEV, MMAP, 10, READ, SHARED, 0, 0, allocated, result);
        guest.fails(Errno.EACCES, MMAP, 10, WRITE, SHARED, fd, 0, allocated, result);
        guest.fails(Errno.EACCES, MMAP, 10, READ, PRIVATE, writing, 0, allocated, result);
        guest.fails(Errno.EINVAL, MMAP, 0, READ, SHARED, fd, 0, allocated, result);
        guest.fails(Errno.EINVAL, MMAP, 10, READ, 0, fd, 0, allocated, result);
        guest.fails(Errno.EINVAL, MMAP, 10, READ, SHARED, fd, -1L, allocated, result);
        guest.fails(Errno.EFAULT, MMAP, 10, READ, SHARED, fd, 0, OUTSIDE, result);
        guest.calls.exhausted = true;
        guest.fails(Errno.ENOMEM, MMAP, 10, READ, SHARED, fd, 0, allocated, result);
    }
}
