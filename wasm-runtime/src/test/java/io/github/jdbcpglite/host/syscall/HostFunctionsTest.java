package io.github.jdbcpglite.host.syscall;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.jdbcpglite.engine.AddressFault;
import io.github.jdbcpglite.host.fs.Errno;
import io.github.jdbcpglite.host.fs.ErrnoException;
import io.github.jdbcpglite.host.process.ErrnoAbi;
import io.github.jdbcpglite.host.process.HostFunctionTable;
import io.github.jdbcpglite.host.process.SyscallGroup;
import org.junit.jupiter.api.Test;

class HostFunctionsTest {
    /** What pglite.wasm and initdb.wasm import, but for control flow, linking and scheduling. */
    private static final String IMPORTS =
            """
            __call_sighandler __syscall_bind __syscall_chdir __syscall_chmod __syscall_connect
            __syscall_dup __syscall_dup3 __syscall_faccessat __syscall_fadvise64
            __syscall_fallocate __syscall_fchmod __syscall_fchmodat2 __syscall_fchown32
            __syscall_fchownat __syscall_fcntl64 __syscall_fdatasync __syscall_fstat64
            __syscall_ftruncate64 __syscall_getcwd __syscall_getdents64 __syscall_getegid32
            __syscall_geteuid32 __syscall_getgid32 __syscall_getuid32 __syscall_ioctl
            __syscall_lstat64 __syscall_mkdirat __syscall_newfstatat __syscall_openat
            __syscall_pipe2 __syscall_poll __syscall_readlinkat __syscall_recvfrom
            __syscall_renameat __syscall_rmdir __syscall_sendto __syscall_socket
            __syscall_stat64 __syscall_statfs64 __syscall_symlinkat __syscall_truncate64
            __syscall_umask __syscall_unlinkat __syscall_utimensat _gmtime_js _localtime_js
            _mktime_js _mmap_js _munmap_js _setitimer_js _tzset_js clock_time_get
            emscripten_date_now emscripten_get_heap_max emscripten_get_now
            emscripten_resize_heap environ_get environ_sizes_get fd_close fd_fdstat_get
            fd_pread fd_pwrite fd_read fd_seek fd_sync fd_write getTempRet0 getaddrinfo
            getnameinfo random_get sched_yield setTempRet0
            """;

    @Test
    void everyImportOfPgliteIsThere() throws ErrnoException {
        assertThat(new GuestFixture().functions).containsKeys(IMPORTS.trim().split("\\s+"));
    }

    @Test
    void aNameIsDefinedOnce() {
        HostFunctionTable table = new HostFunctionTable();
        SyscallGroup group = (name, args) -> 0;
        table.plain(group, "twice");
        assertThatThrownBy(() -> table.wasi(group, "twice"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("twice");
    }

    @Test
    void whatIsWrappedIsThere() {
        HostFunctionTable table = new HostFunctionTable();
        assertThatThrownBy(() -> table.wrap("absent", function -> function))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("absent");
    }

    @Test
    void errorsHaveTheSignOfTheirKind() {
        SyscallGroup failing =
                (name, args) -> {
                    throw new ErrnoException(Errno.ENOENT);
                };
        SyscallGroup faulting =
                (name, args) -> {
                    throw new AddressFault();
                };
        assertThat(call(ErrnoAbi.NEGATIVE, failing)).isEqualTo(-44);
        assertThat(call(ErrnoAbi.POSITIVE, failing)).isEqualTo(44);
        assertThat(call(ErrnoAbi.NEGATIVE, faulting)).isEqualTo(-21);
        assertThat(call(ErrnoAbi.POSITIVE, faulting)).isEqualTo(21);
        assertThatThrownBy(() -> call(ErrnoAbi.OWN, failing))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("named");
        assertThatThrownBy(() -> call(ErrnoAbi.OWN, faulting)).isInstanceOf(AddressFault.class);
    }

    private static long call(ErrnoAbi abi, SyscallGroup group) {
        return abi.adapt(group, "named").call(GuestFixture.NO_GUEST, new long[0]);
    }
}
