package io.github.jdbcpglite.host.fs.layer;

import io.github.jdbcpglite.host.fs.ErrnoException;
import io.github.jdbcpglite.host.fs.FileHandle;
import io.github.jdbcpglite.host.fs.FileStatus;

/** Passes every operation on to another handle; subclasses change some of them. */
public class FilterFileHandle implements FileHandle {
    protected final FileHandle inner;

    /** Passes everything on to a handle. */
    public FilterFileHandle(FileHandle inner) {
        this.inner = inner;
    }

    @Override
    public FileStatus status() throws ErrnoException {
        return inner.status();
    }

    @Override
    public int read(long position, byte[] buffer, int offset, int length) throws ErrnoException {
        return inner.read(position, buffer, offset, length);
    }

    @Override
    public int write(long position, byte[] buffer, int offset, int length) throws ErrnoException {
        return inner.write(position, buffer, offset, length);
    }

    @Override
    public int append(byte[] buffer, int offset, int length) throws ErrnoException {
        return inner.append(buffer, offset, length);
    }

    @Override
    public long size() throws ErrnoException {
        return inner.size();
    }

    @Override
    public void truncate(long size) throws ErrnoException {
        inner.truncate(size);
    }

    @Override
    public void allocate(long position, long length) throws ErrnoException {
        inner.allocate(position, length);
    }

    @Override
    public void sync(boolean dataOnly) throws ErrnoException {
        inner.sync(dataOnly);
    }

    @Override
    public void setMode(int mode) throws ErrnoException {
        inner.setMode(mode);
    }

    @Override
    public boolean isStream() {
        return inner.isStream();
    }

    @Override
    public void close() throws ErrnoException {
        inner.close();
    }
}
