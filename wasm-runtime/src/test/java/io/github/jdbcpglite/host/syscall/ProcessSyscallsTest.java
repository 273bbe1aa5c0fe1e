package io.github.jdbcpglite.host.syscall;

import static io.github.jdbcpglite.host.syscall.GuestFixture.OUTSIDE;
import static io.github.jdbcpglite.host.syscall.GuestFixture.PAGE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.jdbcpglite.engine.HostFunction;
import io.github.jdbcpglite.host.AbortException;
import io.github.jdbcpglite.host.descriptor.FdTable;
import io.github.jdbcpglite.host.fs.Errno;
import io.github.jdbcpglite.host.fs.ErrnoException;
import io.github.jdbcpglite.host.fs.OpenFlags;
import io.github.jdbcpglite.host.process.GuestProcess;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ProcessSyscallsTest {
    private final GuestFixture guest;

    ProcessSyscallsTest() throws ErrnoException {
        guest = new GuestFixture();
    }

    @Test
    void theGuestIsRoot() {
        guest.succeeds("__syscall_getuid32");
        guest.succeeds("__syscall_geteuid32");
        guest.succeeds("__syscall_getgid32");
        guest.succeeds("__syscall_getegid32");
        guest.succeeds("sched_yield");
    }

    @Test
    void umaskReturnsTheMaskBefore() {
        assertThat(guest.call("__syscall_umask", 0170077)).isEqualTo(022);
        assertThat(guest.call("__syscall_umask", 0)).isEqualTo(077);
    }

    @Test
    void theEnvironmentKeepsItsOrderAndIsUtf8() {
        int sizes = guest.allocate(8);
        guest.succeeds("environ_sizes_get", sizes, sizes + 4);
        assertThat(guest.memory.getInt(sizes)).isEqualTo(2);
        assertThat(guest.memory.getInt(sizes + 4)).isEqualTo(17);
        int pointers = guest.allocate(12);
        int text = guest.allocate(18);
        guest.succeeds("environ_get", pointers, text);
        assertThat(guest.text(text, 18)).isEqualTo("TZ=UTC\0NAME=Zoë\0Z");
        assertThat(guest.memory.getInt(pointers)).isEqualTo(text);
        assertThat(guest.memory.getInt(pointers + 4)).isEqualTo(text + 7);
        assertThat(guest.memory.getInt(pointers + 8)).isEqualTo(0x5A5A5A5A);
        guest.failsWasi(Errno.EFAULT, "environ_get", OUTSIDE, text);
        guest.failsWasi(Errno.EFAULT, "environ_get", pointers, OUTSIDE);
        guest.failsWasi(Errno.EFAULT, "environ_sizes_get", OUTSIDE, sizes);
    }

    @Test
    void randomBytesComeFromTheInjectedSource() {
        int addr = 3 * PAGE - 8;
        guest.memory.fill(addr - 1, 26, (byte) 0x5A);
        guest.succeeds("random_get", addr, 24);
        Random expected = new Random(7);
        byte[] first = new byte[8];
        byte[] second = new byte[16];
        expected.nextBytes(first);
        expected.nextBytes(second);
        assertThat(guest.memory.getBytes(addr, 8)).isEqualTo(first);
        assertThat(guest.memory.getBytes(addr + 8, 16)).isEqualTo(second);
        assertThat(guest.memory.getByte(addr - 1)).isEqualTo((byte) 0x5A);
        assertThat(guest.memory.getByte(addr + 24)).isEqualTo((byte) 0x5A);
        guest.failsWasi(Errno.EFAULT, "random_get", OUTSIDE, 1);
    }

    @Test
    void theSecondResultIsTheGuests() {
        guest.call("setTempRet0", 42);
        assertThat(guest.calls.register).isEqualTo(42);
        guest.calls.register = -7;
        assertThat((int) guest.call("getTempRet0")).isEqualTo(-7);
    }

    @Test
    void signalHandlersAreCalledThroughTheTable() {
        guest.call("__call_sighandler", 17, 14);
        assertThat(guest.calls.signals).isEqualTo("17:14;");
    }

    @Test
    void cppExceptionsAreRefusedByName() {
        for (String name : ProcessSyscalls.CPP_EXCEPTIONS) {
            assertThatThrownBy(() -> guest.call(name, 1, 2, 3))
                    .isInstanceOf(AbortException.class)
                    .hasMessageContaining(name);
        }
    }

    @Test
    void aProcessThatIsNotBoundSaysSo() {
        GuestProcess process =
                GuestProcess.builder(guest.memory, guest.files, new FdTable()).build();
        HostFunction tempRet =
                Objects.requireNonNull(HostFunctions.of(process).functions().get("getTempRet0"));
        assertThatThrownBy(() -> tempRet.call(GuestFixture.NO_GUEST, new long[0]))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("bind");
    }

    @Test
    void closingTheProcessClosesDescriptorsAndMappings() throws ErrnoException {
        guest.file("/data/f", "0123456789");
        int fd = guest.open("f", OpenFlags.READ_WRITE);
        int pointers = guest.allocate(8);
        guest.succeeds("_mmap_js", 10, 3, 1, fd, 0, pointers, pointers + 4);
        int addr = guest.memory.getInt(pointers + 4);
        guest.process.close();
        guest.process.close();
        assertThat(guest.fds.size()).isZero();
        assertThat(guest.process.mappings().get(addr)).isNull();
        guest.failsWasi(Errno.EBADF, "fd_close", fd);
    }
}
