package io.github.jdbcpglite.internals;

import java.util.Map;
import java.util.TreeMap;

/** Imports of the main module that {@link FaultScript} does not reach, and why. */
final class NeverCalled {
    /** Reasons by the import's name. */
    static final Map<String, String> REASONS = new TreeMap<>();

    static {
        add(
                "what Emscripten's C library links for assertions, aborts and its own start",
                "__assert_fail",
                "_abort_js",
                "__call_sighandler",
                "proc_exit",
                "environ_get",
                "environ_sizes_get",
                "emscripten_get_heap_max",
                "clock_time_get",
                "fd_fdstat_get");
        add(
                "sockets, which a backend has none of: its client is reached through callbacks",
                "__syscall_connect",
                "__syscall_recvfrom",
                "__syscall_sendto",
                "__syscall_socket",
                "__syscall_poll");
        add(
                "called only while a cluster boots",
                "__syscall_dup",
                "__syscall_chdir",
                "__syscall_chmod",
                "__syscall_getcwd");
        add(
                "owners and modes, which no statement of these changes",
                "__syscall_fchmod",
                "__syscall_fchmodat2",
                "__syscall_fchown32",
                "__syscall_fchownat",
                "__syscall_getegid32",
                "__syscall_geteuid32",
                "__syscall_getgid32",
                "__syscall_getuid32",
                "__syscall_utimensat");
        add(
                "descriptors and files, in ways that PostgreSQL has no need of here",
                "__syscall_dup3",
                "__syscall_fadvise64",
                "__syscall_fallocate",
                "__syscall_fcntl64",
                "__syscall_newfstatat",
                "__syscall_statfs64",
                "__syscall_symlinkat");
        add("durability, of which clusters in memory have none", "__syscall_fdatasync", "fd_sync");
        add("links to tablespaces, which here lie in the data directory", "__syscall_readlinkat");
        add(
                "memory mapping, for dynamic shared memory beyond what is preallocated",
                "_mmap_js",
                "_munmap_js");
        add(
                "C library times; PostgreSQL has time zones of its own",
                "_gmtime_js",
                "_localtime_js",
                "_tzset_js");
        add("random numbers, which are read from /dev/urandom", "random_get");
        add(
                "PostgreSQL pauses and truncates with these only sometimes",
                "__syscall_accept4",
                "__syscall_ftruncate64",
                "emscripten_resize_heap");
    }

    private NeverCalled() {}

    private static void add(String reason, String... names) {
        for (String name : names) {
            REASONS.put(name, reason);
        }
    }
}
