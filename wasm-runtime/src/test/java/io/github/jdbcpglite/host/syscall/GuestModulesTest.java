package io.github.jdbcpglite.host.syscall;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.jdbcpglite.engine.Guest;
import io.github.jdbcpglite.engine.Trap;
import io.github.jdbcpglite.engine.bytecode.InterpretedGuests;
import io.github.jdbcpglite.host.fs.Errno;
import io.github.jdbcpglite.host.fs.ErrnoException;
import io.github.jdbcpglite.host.fs.OpenFlags;
import io.github.jdbcpglite.host.process.GuestCalls;
import org.junit.jupiter.api.Test;

/** Host functions called by wasm: argument order, 64-bit and floating arguments, results. */
class GuestModulesTest {
    private final GuestFixture guest;

    GuestModulesTest() throws ErrnoException {
        guest = new GuestFixture();
    }

    private Guest instantiate(String name) {
        Guest instance =
                InterpretedGuests.of(
                        "/io/github/jdbcpglite/host/syscall/" + name,
                        guest.memory,
                        guest.functions);
        guest.process.bind(GuestCalls.of(instance));
        return instance;
    }

    @Test
    void aGuestWritesAFileAt64BitPositions() throws ErrnoException {
        Guest instance = instantiate("file-guest.wasm");
        assertThat(instance.call("write", 3)).isEqualTo(8);
        assertThat(guest.content("/data/out")).isEqualTo("\0\0\0guest");
        assertThat(guest.files.stat("/data/out", true).mode()).isEqualTo(0600);
        assertThat(guest.fds.size()).isEqualTo(3);
        assertThat(instance.call("write", 5L << 32)).isEqualTo((5L << 32) + 5);
        assertThat(instance.call("write", -1)).isEqualTo(-Errno.EINVAL.number());
    }

    @Test
    void aGuestSeesErrorsAndOffsets() throws ErrnoException {
        Guest instance = instantiate("file-guest.wasm");
        guest.file("/data/out", "0123456789");
        int fd = guest.open("out", OpenFlags.READ_WRITE);
        assertThat((int) instance.call("truncate", fd, 4)).isZero();
        assertThat(guest.content("/data/out")).isEqualTo("0123");
        assertThat((int) instance.call("truncate", 50, 4)).isEqualTo(-Errno.EBADF.number());
        assertThat(instance.call("tell", fd, 7L << 33)).isEqualTo(7L << 33);
        guest.files.unlink("/data/out");
        guest.files.makeDirectory("/data/out", 0700);
        assertThat(instance.call("write", 0)).isEqualTo(-Errno.EISDIR.number());
    }

    @Test
    void hostFunctionsCallBackIntoTheGuest() {
        Guest instance = instantiate("libc-guest.wasm");
        assertThat((int) instance.call("look_up")).isEqualTo(10 | 1 << 8 | 2 << 16 | 3 << 24);
        assertThat((int) instance.call("second_result", 21)).isEqualTo(42);
        assertThat((int) instance.call("raise", 14)).isEqualTo(14);
        int pages = GuestFixture.WASM_PAGES;
        assertThat((int) instance.call("grow", pages * GuestFixture.PAGE + 1)).isEqualTo(20);
    }

    @Test
    void aMappingIsAllocatedByTheGuest() throws ErrnoException {
        instantiate("libc-guest.wasm");
        guest.file("/data/f", "0123456789");
        int fd = guest.open("f", 0);
        guest.succeeds("_mmap_js", 10, 1, 1, fd, 0, 512, 516);
        int addr = guest.memory.getInt(516);
        assertThat(addr).isEqualTo(GuestFixture.PAGE);
        assertThat(guest.text(addr, 11)).isEqualTo("0123456789\0");
    }

    @Test
    void doublesCrossTheBoundary() {
        Guest instance = instantiate("libc-guest.wasm");
        assertThat(Double.longBitsToDouble(instance.call("now"))).isEqualTo(5000.25);
        long result = instance.call("set_timer", Double.doubleToRawLongBits(0.25));
        assertThat((int) result).isZero();
        assertThat(guest.process.timerDeadlineNanos()).isEqualTo(5_000_500_000L);
    }

    @Test
    void anImportThatIsMissingFailsByName() {
        Guest instance = instantiate("libc-guest.wasm");
        assertThatThrownBy(() -> instance.call("call_unknown"))
                .isInstanceOf(Trap.class)
                .hasMessageContaining("__syscall_socketpair");
    }
}
