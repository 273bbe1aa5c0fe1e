package io.github.jdbcpglite.wasm.fs;

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

    /** Fail with ENOTDIR on anything but a directory. */
    public static final int DIRECTORY = 65536;

    /** Fail with ELOOP when the last component is a symbolic link. */
    public static final int NO_FOLLOW = 131072;

    private OpenFlags() {}
}
