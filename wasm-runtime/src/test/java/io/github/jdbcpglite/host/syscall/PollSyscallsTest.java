package io.github.jdbcpglite.host.syscall;

import static io.github.jdbcpglite.host.syscall.GuestFixture.OUTSIDE;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.jdbcpglite.host.fs.Errno;
import io.github.jdbcpglite.host.fs.ErrnoException;
import io.github.jdbcpglite.host.fs.memory.MemoryFileSystem;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PollSyscallsTest {
    private static final String POLL = "__syscall_poll";
    private static final int IN = 1;
    private static final int OUT = 4;
    private static final int ERR = 8;
    private static final int HUP = 16;
    private static final int NVAL = 32;

    private final List<Long> sleeps = new ArrayList<>();
    private final GuestFixture guest;
    private final int reading;
    private final int writing;

    PollSyscallsTest() throws ErrnoException {
        guest =
                new GuestFixture(
                        MemoryFileSystem.create(), builder -> builder.sleeper(sleeps::add));
        int ends = guest.allocate(8);
        guest.succeeds("__syscall_pipe2", ends, 0);
        reading = guest.memory.getInt(ends);
        writing = guest.memory.getInt(ends + 4);
    }

    private int entries(int... fdsAndEvents) {
        int count = fdsAndEvents.length / 2;
        int addr = guest.allocate(count * 8);
        for (int i = 0; i < count; i++) {
            guest.memory.putInt(addr + 8 * i, fdsAndEvents[2 * i]);
            guest.memory.putShort(addr + 8 * i + 4, (short) fdsAndEvents[2 * i + 1]);
        }
        return addr;
    }

    private int happened(int addr, int index) {
        return guest.memory.getShort(addr + 8 * index + 6);
    }

    private void writeToPipe() {
        int data = guest.ints(guest.string("x"), 1);
        guest.succeeds("fd_write", writing, data, 1, guest.allocate(4));
    }

    @Test
    void filesAreReadyAndUnknownDescriptorsAreReported() {
        int addr = entries(0, IN | OUT, 50, IN, -1, IN, 1, 0);
        assertThat(guest.call(POLL, addr, 4, -1L)).isEqualTo(2);
        assertThat(happened(addr, 0)).isEqualTo(IN | OUT);
        assertThat(happened(addr, 1)).isEqualTo(NVAL);
        assertThat(happened(addr, 2)).isZero();
        assertThat(happened(addr, 3)).isZero();
    }

    @Test
    void aPipeIsReadyOnceItHoldsSomething() {
        int addr = entries(reading, IN, writing, OUT);
        assertThat(guest.call(POLL, addr, 2, 0)).isEqualTo(1);
        assertThat(happened(addr, 0)).isZero();
        assertThat(happened(addr, 1)).isEqualTo(OUT);
        writeToPipe();
        assertThat(guest.call(POLL, addr, 2, 0)).isEqualTo(2);
        assertThat(happened(addr, 0)).isEqualTo(IN);
    }

    @Test
    void theOtherEndsCloseIsReportedUnasked() {
        int addr = entries(reading, 0, writing, OUT);
        writeToPipe();
        guest.succeeds("fd_close", writing);
        assertThat(guest.call(POLL, addr, 1, 0)).isEqualTo(1);
        assertThat(happened(addr, 0)).isEqualTo(HUP);
    }

    @Test
    void aPipeWithoutReaderIsAnError() {
        int addr = entries(writing, OUT);
        guest.succeeds("fd_close", reading);
        assertThat(guest.call(POLL, addr, 1, 0)).isEqualTo(1);
        assertThat(happened(addr, 0)).isEqualTo(OUT | ERR);
    }

    @Test
    void waitsItsTimeWhenNothingIsReady() {
        int addr = entries(reading, IN);
        assertThat(guest.call(POLL, addr, 1, 250)).isZero();
        assertThat(guest.call(POLL, 0, 0, 3)).isZero();
        assertThat(sleeps).containsExactly(250_000_000L, 3_000_000L);
        assertThat(guest.call(POLL, addr, 1, 0)).isZero();
        assertThat(sleeps).hasSize(2);
    }

    @Test
    void refusesToWaitForever() {
        guest.fails(Errno.EAGAIN, POLL, entries(reading, IN), 1, -1L);
    }

    @Test
    void failsAsPosixSays() {
        guest.fails(Errno.EINVAL, POLL, entries(0, IN), -1L, 0);
        guest.fails(Errno.EINVAL, POLL, entries(0, IN), guest.fds.limit() + 1, 0);
        guest.fails(Errno.EFAULT, POLL, OUTSIDE, 1, 0);
        guest.fails(Errno.EFAULT, POLL, 0, 1, 0);
    }
}
