package io.github.jdbcpglite.host.fs;

/**
 * POSIX error names with the numbers of Emscripten's musl, which are WASI's.
 *
 * @see <a href="https://pubs.opengroup.org/onlinepubs/9799919799/basedefs/errno.h.html">errno.h</a>
 */
public enum Errno {
    /** Argument list too long. */
    E2BIG(1),
    /** Permission denied. */
    EACCES(2),
    /** Address in use. */
    EADDRINUSE(3),
    /** Address family not supported. */
    EAFNOSUPPORT(5),
    /** Resource unavailable, try again; also EWOULDBLOCK. */
    EAGAIN(6),
    /** Bad file descriptor. */
    EBADF(8),
    /** Device or resource busy. */
    EBUSY(10),
    /** No child processes. */
    ECHILD(12),
    /** Connection refused. */
    ECONNREFUSED(14),
    /** Connection reset. */
    ECONNRESET(15),
    /** Mathematics argument out of domain of function. */
    EDOM(18),
    /** File exists. */
    EEXIST(20),
    /** Bad address. */
    EFAULT(21),
    /** File too large. */
    EFBIG(22),
    /** Interrupted function. */
    EINTR(27),
    /** Invalid argument. */
    EINVAL(28),
    /** I/O error. */
    EIO(29),
    /** Is a directory. */
    EISDIR(31),
    /** Too many levels of symbolic links. */
    ELOOP(32),
    /** File descriptor value too large. */
    EMFILE(33),
    /** Too many links. */
    EMLINK(34),
    /** Filename too long. */
    ENAMETOOLONG(37),
    /** Too many files open in system. */
    ENFILE(41),
    /** No such device. */
    ENODEV(43),
    /** No such file or directory. */
    ENOENT(44),
    /** Not enough space. */
    ENOMEM(48),
    /** No space left on device. */
    ENOSPC(51),
    /** Functionality not supported. */
    ENOSYS(52),
    /** Not connected. */
    ENOTCONN(53),
    /** Not a directory. */
    ENOTDIR(54),
    /** Directory not empty. */
    ENOTEMPTY(55),
    /** Not a socket. */
    ENOTSOCK(57),
    /** Inappropriate I/O control operation. */
    ENOTTY(59),
    /** No such device or address. */
    ENXIO(60),
    /** Value too large to be stored. */
    EOVERFLOW(61),
    /** Operation not permitted. */
    EPERM(63),
    /** Broken pipe. */
    EPIPE(64),
    /** Result too large. */
    ERANGE(68),
    /** Read-only file system. */
    EROFS(69),
    /** Invalid seek. */
    ESPIPE(70),
    /** No such process. */
    ESRCH(71),
    /** Connection timed out. */
    ETIMEDOUT(73),
    /** Text file busy. */
    ETXTBSY(74),
    /** Protocol not supported. */
    EPROTONOSUPPORT(66),
    /** Cross-device link. */
    EXDEV(75),
    /** Not supported, also EOPNOTSUPP; Emscripten numbers it outside WASI's range. */
    ENOTSUP(138);

    private final int number;

    Errno(int number) {
        this.number = number;
    }

    /** Returns the number the guest knows, always positive. */
    public int number() {
        return number;
    }
}
