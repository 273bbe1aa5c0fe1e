package io.github.jdbcpglite.host.fs;

/** Flags of {@code open(2)} with the values of Emscripten's musl, which follow Linux. */
public final class OpenFlags {
    /** Open for reading only. */
    public static final int READ_ONLY = 0;

    /** Open for writing only. */
    public static final int WRITE_ONLY = 1;

    /** Open for both. */
    public static final int READ_WRITE = 2;

    /** The bits that hold the access mode. */
    public static final int ACCESS_MODE = 3;

    /** Create the file when it does not exist. */
    public static final int CREATE = 64;

    /** Fail when {@link #CREATE} finds a file. */
    public static final int EXCLUSIVE = 128;

    /** Cut the file to nothing. */
    public static final int TRUNCATE = 512;

    /** Write always at the end. */
    public static final int APPEND = 1024;

    /** Fail with EAGAIN instead of waiting. */
    public static final int NON_BLOCK = 2048;

    /** Make each write durable before it returns; {@code O_SYNC} holds this bit too. */
    public static final int DATA_SYNC = 4096;

    /** Fail with ENOTDIR on anything but a directory. */
    public static final int DIRECTORY = 65536;

    /** Fail with ELOOP when the last component is a symbolic link. */
    public static final int NO_FOLLOW = 131072;

    /** Close at {@code exec}; the guest has none, so nothing looks at it. */
    public static final int CLOSE_ON_EXEC = 524288;

    private OpenFlags() {}

    /** Returns whether a file opened so can be read. */
    public static boolean isReadable(int flags) {
        return (flags & ACCESS_MODE) != WRITE_ONLY;
    }

    /** Returns whether a file opened so can be written. */
    public static boolean isWritable(int flags) {
        return (flags & ACCESS_MODE) != READ_ONLY;
    }

    /** Fails with EINVAL on combinations Linux refuses. */
    public static void check(int flags) throws ErrnoException {
        boolean createDirectory = (flags & CREATE) != 0 && (flags & DIRECTORY) != 0;
        if ((flags & ACCESS_MODE) == ACCESS_MODE || createDirectory) {
            throw new ErrnoException(Errno.EINVAL);
        }
    }

    /**
     * Fails as {@code open(2)} does if flags do not fit the file found.
     *
     * @param type of what was found, the last component not followed if the flags say so
     */
    public static void checkExisting(int flags, FileType type) throws ErrnoException {
        boolean create = (flags & CREATE) != 0;
        if (create && (flags & EXCLUSIVE) != 0) {
            throw new ErrnoException(Errno.EEXIST);
        }
        if (type == FileType.DIRECTORY) {
            if (create || isWritable(flags) || (flags & TRUNCATE) != 0) {
                throw new ErrnoException(Errno.EISDIR);
            }
        } else if ((flags & DIRECTORY) != 0) {
            throw new ErrnoException(Errno.ENOTDIR);
        } else if (type == FileType.SYMBOLIC_LINK) {
            throw new ErrnoException(Errno.ELOOP);
        }
    }
}
