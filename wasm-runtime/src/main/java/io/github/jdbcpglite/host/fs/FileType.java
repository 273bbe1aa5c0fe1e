package io.github.jdbcpglite.host.fs;

/** Kind of file, with the numbers POSIX gives it. */
public enum FileType {
    /** A regular file. */
    REGULAR(0100000, 8),
    /** A directory. */
    DIRECTORY(0040000, 4),
    /** A symbolic link. */
    SYMBOLIC_LINK(0120000, 10),
    /** A character device such as {@code /dev/null}. */
    CHARACTER_DEVICE(0020000, 2),
    /** A pipe. */
    FIFO(0010000, 1),
    /** A socket. */
    SOCKET(0140000, 12);

    private final int modeBits;
    private final int directoryEntryType;

    FileType(int modeBits, int directoryEntryType) {
        this.modeBits = modeBits;
        this.directoryEntryType = directoryEntryType;
    }

    /** Returns the {@code S_IFMT} bits of {@code st_mode}. */
    public int modeBits() {
        return modeBits;
    }

    /** Returns the {@code d_type} of a directory entry. */
    public int directoryEntryType() {
        return directoryEntryType;
    }
}
