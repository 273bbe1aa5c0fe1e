package io.github.jdbcpglite.host.fs.layer;

import io.github.jdbcpglite.host.fs.DirectoryEntry;
import io.github.jdbcpglite.host.fs.ErrnoException;
import io.github.jdbcpglite.host.fs.FileHandle;
import io.github.jdbcpglite.host.fs.FileStatus;
import io.github.jdbcpglite.host.fs.FileSystem;
import io.github.jdbcpglite.host.fs.FileSystemStatus;
import java.util.List;

/** Passes every operation on to another file system; subclasses change some of them. */
public class FilterFileSystem implements FileSystem {
    protected final FileSystem inner;

    /** Passes everything on to a file system. */
    public FilterFileSystem(FileSystem inner) {
        this.inner = inner;
    }

    @Override
    public FileHandle open(String path, int flags, int mode) throws ErrnoException {
        return inner.open(path, flags, mode);
    }

    @Override
    public FileStatus stat(String path, boolean followLinks) throws ErrnoException {
        return inner.stat(path, followLinks);
    }

    @Override
    public List<DirectoryEntry> list(String path) throws ErrnoException {
        return inner.list(path);
    }

    @Override
    public void makeDirectory(String path, int mode) throws ErrnoException {
        inner.makeDirectory(path, mode);
    }

    @Override
    public void removeDirectory(String path) throws ErrnoException {
        inner.removeDirectory(path);
    }

    @Override
    public void unlink(String path) throws ErrnoException {
        inner.unlink(path);
    }

    @Override
    public void rename(String from, String to) throws ErrnoException {
        inner.rename(from, to);
    }

    @Override
    public void symbolicLink(String target, String path) throws ErrnoException {
        inner.symbolicLink(target, path);
    }

    @Override
    public String readLink(String path) throws ErrnoException {
        return inner.readLink(path);
    }

    @Override
    public void setMode(String path, int mode) throws ErrnoException {
        inner.setMode(path, mode);
    }

    @Override
    public void setTimes(String path, long accessNanos, long modifyNanos, boolean followLinks)
            throws ErrnoException {
        inner.setTimes(path, accessNanos, modifyNanos, followLinks);
    }

    @Override
    public FileSystemStatus status() throws ErrnoException {
        return inner.status();
    }

    @Override
    public void close() throws ErrnoException {
        inner.close();
    }
}
