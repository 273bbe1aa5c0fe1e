package io.github.jdbcpglite.host.fs.directory;

import io.github.jdbcpglite.host.fs.Errno;
import io.github.jdbcpglite.host.fs.ErrnoException;
import io.github.jdbcpglite.platform.LimitedLog;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.channels.ClosedChannelException;
import java.nio.file.AccessDeniedException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.NotLinkException;
import java.util.Map;

/** Turns failures of {@code java.nio.file} into errnos. */
final class HostErrors {
    private static final Map<Class<? extends IOException>, Errno> BY_CLASS =
            Map.of(
                    NoSuchFileException.class, Errno.ENOENT,
                    FileAlreadyExistsException.class, Errno.EEXIST,
                    DirectoryNotEmptyException.class, Errno.ENOTEMPTY,
                    AccessDeniedException.class, Errno.EACCES,
                    NotDirectoryException.class, Errno.ENOTDIR,
                    FileSystemLoopException.class, Errno.ELOOP,
                    NotLinkException.class, Errno.EINVAL,
                    AtomicMoveNotSupportedException.class, Errno.EXDEV);

    /**
     * Texts of the C library and of Windows, the only sign of these conditions. Under a locale that
     * translates them they become EIO, except a full disk, which {@link HostNode} looks for itself.
     */
    private static final Map<String, Errno> BY_MESSAGE =
            Map.ofEntries(
                    Map.entry("No space left", Errno.ENOSPC),
                    Map.entry("not enough space", Errno.ENOSPC),
                    Map.entry("Disk quota exceeded", Errno.ENOSPC),
                    Map.entry("Too many open files", Errno.EMFILE),
                    Map.entry("File name too long", Errno.ENAMETOOLONG),
                    Map.entry("Read-only file system", Errno.EROFS),
                    Map.entry("Not a directory", Errno.ENOTDIR),
                    Map.entry("Is a directory", Errno.EISDIR),
                    Map.entry("resource busy", Errno.EBUSY),
                    Map.entry("Operation not permitted", Errno.EPERM),
                    Map.entry("File too large", Errno.EFBIG),
                    Map.entry("Too many levels", Errno.ELOOP),
                    Map.entry("Too many links", Errno.EMLINK));

    /** A disk that fails does so at every call. */
    private static final LimitedLog LIMITED = new LimitedLog();

    private HostErrors() {}

    /**
     * Returns the failure to throw. What has no errno of its own is EIO and is logged, because the
     * guest cannot be told more.
     *
     * @param what the operation and its path, for the log
     */
    static ErrnoException translate(IOException failure, String what) {
        Errno known = BY_CLASS.get(failure.getClass());
        if (known != null) {
            return new ErrnoException(known);
        }
        String message = String.valueOf(failure.getMessage());
        for (Map.Entry<String, Errno> entry : BY_MESSAGE.entrySet()) {
            if (message.contains(entry.getKey())) {
                return new ErrnoException(entry.getValue());
            }
        }
        String hint =
                failure instanceof ClosedChannelException
                        ? " (a thread using the file was interrupted)"
                        : "";
        LIMITED.log(log(), Level.WARNING, "Cannot " + what + hint, failure);
        return new ErrnoException(Errno.EIO);
    }

    private static Logger log() {
        return System.getLogger(HostErrors.class.getName());
    }
}
