package io.github.jdbcpglite.host.fs;

import java.util.List;

/**
 * A tree of files with POSIX semantics, the storage under one cluster.
 *
 * <p>Paths are absolute and lexically clean: they start with {@code /}, use {@code /} as the
 * separator, and hold no empty, {@code .} or {@code ..} component ({@link GuestPath} makes them
 * so). Symbolic links inside a path are followed by the file system; the last component is followed
 * unless an operation says otherwise.
 *
 * <p>Implementations are safe for use by several threads. An operation either happens as a whole or
 * throws and changes nothing, except that a write may be short.
 */
public interface FileSystem extends AutoCloseable {

    /**
     * Opens a file, as {@code open(2)}.
     *
     * @param path absolute clean path
     * @param flags {@link OpenFlags} bits
     * @param mode permission bits of a file this call creates, the umask already applied
     * @return the open file; the caller closes it
     * @throws ErrnoException ENOENT, EEXIST, EISDIR, ENOTDIR, EACCES, ELOOP, ENOSPC, EROFS, EMFILE
     */
    FileHandle open(String path, int flags, int mode) throws ErrnoException;

    /**
     * Describes a file, as {@code stat(2)} or {@code lstat(2)}.
     *
     * @param followLinks whether a symbolic link as last component is followed
     * @throws ErrnoException ENOENT, ENOTDIR, ELOOP
     */
    FileStatus stat(String path, boolean followLinks) throws ErrnoException;

    /**
     * Lists a directory without {@code .} and {@code ..}, in a stable order.
     *
     * @throws ErrnoException ENOENT, ENOTDIR
     */
    List<DirectoryEntry> list(String path) throws ErrnoException;

    /**
     * Creates a directory, as {@code mkdir(2)}, the umask already applied.
     *
     * @throws ErrnoException ENOENT, EEXIST, ENOTDIR, ENOSPC
     */
    void makeDirectory(String path, int mode) throws ErrnoException;

    /**
     * Removes an empty directory, as {@code rmdir(2)}.
     *
     * @throws ErrnoException ENOENT, ENOTDIR, ENOTEMPTY, EBUSY (the root or a mount point)
     */
    void removeDirectory(String path) throws ErrnoException;

    /**
     * Removes a name, as {@code unlink(2)}. Handles already open keep the contents.
     *
     * @throws ErrnoException ENOENT, EISDIR, ENOTDIR
     */
    void unlink(String path) throws ErrnoException;

    /**
     * Renames, as {@code rename(2)}: atomically, replacing an existing file or empty directory.
     *
     * @throws ErrnoException ENOENT, EISDIR, ENOTDIR, ENOTEMPTY, EINVAL (into itself), EXDEV
     */
    void rename(String from, String to) throws ErrnoException;

    /**
     * Creates a symbolic link, as {@code symlink(2)}.
     *
     * @param target what the link holds, taken as it is
     * @param path where the link is made
     * @throws ErrnoException EEXIST, ENOENT, ENOTDIR, EPERM where links are refused
     */
    void symbolicLink(String target, String path) throws ErrnoException;

    /**
     * Reads a symbolic link, as {@code readlink(2)}.
     *
     * @throws ErrnoException EINVAL if it is none, ENOENT
     */
    String readLink(String path) throws ErrnoException;

    /**
     * Sets the permission bits (07777), as {@code chmod(2)}.
     *
     * @throws ErrnoException ENOENT
     */
    void setMode(String path, int mode) throws ErrnoException;

    /**
     * Sets access and modification time, as {@code utimensat(2)}.
     *
     * @param accessNanos nanoseconds since the epoch
     * @param modifyNanos nanoseconds since the epoch
     * @throws ErrnoException ENOENT
     */
    void setTimes(String path, long accessNanos, long modifyNanos, boolean followLinks)
            throws ErrnoException;

    /** Describes capacity, as {@code statfs(2)}. */
    FileSystemStatus status() throws ErrnoException;

    /** Releases everything held. Handles still open fail with EBADF afterwards. Idempotent. */
    @Override
    void close() throws ErrnoException;
}
