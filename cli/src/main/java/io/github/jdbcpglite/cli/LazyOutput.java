package io.github.jdbcpglite.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A file that is opened, and loses what it held, when the first byte is written to it. */
final class LazyOutput extends OutputStream {
    private final Path path;
    private @Nullable OutputStream opened;

    private LazyOutput(Path path) {
        this.path = path;
    }

    static OutputStream to(Path path) {
        return new LazyOutput(path);
    }

    private OutputStream stream() throws IOException {
        OutputStream present = opened;
        if (present == null) {
            present = Files.newOutputStream(path);
            opened = present;
        }
        return present;
    }

    @Override
    public void write(int value) throws IOException {
        stream().write(value);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        stream().write(bytes, offset, length);
    }

    @Override
    public void flush() throws IOException {
        if (opened != null) {
            opened.flush();
        }
    }

    @Override
    public void close() throws IOException {
        if (opened != null) {
            opened.close();
        }
    }
}
