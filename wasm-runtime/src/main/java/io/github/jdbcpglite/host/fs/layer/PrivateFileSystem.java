package io.github.jdbcpglite.host.fs.layer;

import io.github.jdbcpglite.host.fs.DirectoryEntry;
import io.github.jdbcpglite.host.fs.Errno;
import io.github.jdbcpglite.host.fs.ErrnoException;
import io.github.jdbcpglite.host.fs.FileHandle;
import io.github.jdbcpglite.host.fs.FileStatus;
import io.github.jdbcpglite.host.fs.FileSystem;
import io.github.jdbcpglite.host.fs.memory.MemoryFileSystem;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * A file system in which one file of the root is only in memory, whatever the file system behind
 * has under its name. So what a guest writes there is never seen by anybody else, nor left behind.
 *
 * <p>Safe for use by several threads as far as the file system behind it is.
 */
public final class PrivateFileSystem extends FilterFileSystem {
    private final String path;
    private final MemoryFileSystem memory = MemoryFileSystem.create();

    /**
     * Makes the view.
     *
     * @param behind what holds the other files; closed with this
     * @param path absolute clean path of the file, which does not exist for the guest at first
     */
    public PrivateFileSystem(FileSystem behind, String path) {
        super(behind);
        this.path = path;
    }

    private FileSystem holder(String wanted) {
        return wanted.equals(path) ? memory : inner;
    }

    /** Removes the file if there is one. */
    public void forget() throws ErrnoException {
        try {
            memory.unlink(path);
        } catch (ErrnoException e) {
            if (e.errno() != Errno.ENOENT) {
                throw e;
            }
        }
    }

    @Override
    public FileHandle open(String wanted, int flags, int mode) throws ErrnoException {
        return holder(wanted).open(wanted, flags, mode);
    }

    @Override
    public FileStatus stat(String wanted, boolean followLinks) throws ErrnoException {
        return holder(wanted).stat(wanted, followLinks);
    }

    @Override
    public List<DirectoryEntry> list(String wanted) throws ErrnoException {
        List<DirectoryEntry> entries = inner.list(wanted);
        if (!wanted.equals("/")) {
            return entries;
        }
        List<DirectoryEntry> seen = new ArrayList<>(memory.list(wanted));
        for (DirectoryEntry entry : entries) {
            if (!path.equals("/" + entry.name())) {
                seen.add(entry);
            }
        }
        seen.sort(Comparator.comparing(DirectoryEntry::name));
        return seen;
    }

    @Override
    public void makeDirectory(String wanted, int mode) throws ErrnoException {
        holder(wanted).makeDirectory(wanted, mode);
    }

    @Override
    public void removeDirectory(String wanted) throws ErrnoException {
        holder(wanted).removeDirectory(wanted);
    }

    @Override
    public void unlink(String wanted) throws ErrnoException {
        holder(wanted).unlink(wanted);
    }

    /** Renames a file; EXDEV if one of the names is that of the file in memory. */
    @Override
    public void rename(String from, String to) throws ErrnoException {
        if (!holder(from).equals(holder(to))) {
            throw new ErrnoException(Errno.EXDEV);
        }
        holder(from).rename(from, to);
    }

    @Override
    public void symbolicLink(String target, String wanted) throws ErrnoException {
        holder(wanted).symbolicLink(target, wanted);
    }

    @Override
    public String readLink(String wanted) throws ErrnoException {
        return holder(wanted).readLink(wanted);
    }

    @Override
    public void setMode(String wanted, int mode) throws ErrnoException {
        holder(wanted).setMode(wanted, mode);
    }

    @Override
    public void setTimes(String wanted, long accessNanos, long modifyNanos, boolean followLinks)
            throws ErrnoException {
        holder(wanted).setTimes(wanted, accessNanos, modifyNanos, followLinks);
    }

    @Override
    public void close() throws ErrnoException {
        memory.close();
        super.close();
    }
}
