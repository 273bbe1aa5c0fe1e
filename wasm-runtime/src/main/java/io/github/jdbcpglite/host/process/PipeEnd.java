package io.github.jdbcpglite.host.process;

import io.github.jdbcpglite.host.descriptor.Pipe;
import io.github.jdbcpglite.host.fs.ErrnoException;
import io.github.jdbcpglite.host.fs.FileHandle;
import io.github.jdbcpglite.host.fs.FileStatus;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** An end of a pipe that also tells {@code poll} and FIONREAD what it could do. */
public final class PipeEnd implements FileHandle {
    private final Pipe pipe;
    private final FileHandle end;
    private final boolean reading;
    private @Nullable PipeEnd peer;
    private volatile boolean closed;

    private PipeEnd(Pipe pipe, FileHandle end, boolean reading) {
        this.pipe = pipe;
        this.end = end;
        this.reading = reading;
    }

    /** Makes a pipe and returns its reading end. */
    public static PipeEnd createPipe() {
        Pipe pipe = new Pipe();
        PipeEnd readEnd = new PipeEnd(pipe, pipe.readEnd(), true);
        PipeEnd writeEnd = new PipeEnd(pipe, pipe.writeEnd(), false);
        readEnd.peer = writeEnd;
        writeEnd.peer = readEnd;
        return readEnd;
    }

    /** Returns the other end. */
    public PipeEnd peer() {
        return Objects.requireNonNull(peer);
    }

    /** Returns whether nobody has the other end open any more. */
    public boolean isPeerClosed() {
        return peer().closed;
    }

    public boolean isReadingEnd() {
        return reading;
    }

    /** Returns whether this end's own call would not answer EAGAIN. */
    public boolean isReady() {
        return reading ? pipe.isReadable() : pipe.isWritable();
    }

    /** Returns the bytes in the pipe. */
    public int available() {
        return pipe.available();
    }

    @Override
    public FileStatus status() throws ErrnoException {
        return end.status();
    }

    @Override
    public int read(long position, byte[] buffer, int offset, int length) throws ErrnoException {
        return end.read(position, buffer, offset, length);
    }

    @Override
    public int write(long position, byte[] buffer, int offset, int length) throws ErrnoException {
        return end.write(position, buffer, offset, length);
    }

    @Override
    public int append(byte[] buffer, int offset, int length) throws ErrnoException {
        return end.append(buffer, offset, length);
    }

    @Override
    public long size() throws ErrnoException {
        return end.size();
    }

    @Override
    public void truncate(long size) throws ErrnoException {
        end.truncate(size);
    }

    @Override
    public void sync(boolean dataOnly) throws ErrnoException {
        end.sync(dataOnly);
    }

    @Override
    public void setMode(int mode) throws ErrnoException {
        end.setMode(mode);
    }

    @Override
    public boolean isStream() {
        return true;
    }

    @Override
    public void close() throws ErrnoException {
        closed = true;
        end.close();
    }
}
