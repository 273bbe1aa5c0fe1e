package io.github.jdbcpglite.postgres.internal.opening;

import io.github.jdbcpglite.host.fs.DirectoryEntry;
import io.github.jdbcpglite.host.fs.Errno;
import io.github.jdbcpglite.host.fs.ErrnoException;
import io.github.jdbcpglite.host.fs.FileHandle;
import io.github.jdbcpglite.host.fs.FileStatus;
import io.github.jdbcpglite.host.fs.FileSystem;
import io.github.jdbcpglite.host.fs.FileType;
import io.github.jdbcpglite.host.fs.OpenFlags;
import io.github.jdbcpglite.postgres.internal.datadir.Contents;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Moves data directories between a guest's file system and {@link Contents}. Stateless. */
final class GuestContents {
    private static final int BUFFER = 64 * 1024;

    private GuestContents() {}

    /**
     * Returns what a data directory holds. While it is copied, no process may run that writes.
     *
     * @param root the directory
     */
    static Contents of(FileSystem files, String root) {
        return sink -> {
            try {
                copy(files, root, "", sink);
            } catch (ErrnoException e) {
                throw new IOException("reading " + root + " failed: " + e.errno(), e);
            }
        };
    }

    private static void copy(FileSystem files, String root, String prefix, Contents.Sink sink)
            throws IOException, ErrnoException {
        for (DirectoryEntry entry : files.list(prefix.isEmpty() ? root : root + "/" + prefix)) {
            String name = prefix.isEmpty() ? entry.name() : prefix + "/" + entry.name();
            if (Contents.isTransient(name)) {
                continue;
            }
            FileStatus status = files.stat(root + "/" + name, false);
            if (status.type() == FileType.DIRECTORY) {
                sink.directory(name, status.mode());
                copy(files, root, name, sink);
            } else if (status.type() == FileType.REGULAR) {
                try (FileHandle handle = files.open(root + "/" + name, OpenFlags.READ_ONLY, 0)) {
                    long size = handle.size();
                    sink.file(name, status.mode(), size, new HandleStream(handle, size));
                }
            }
        }
    }

    /** Reads a file up to the size it had. */
    private static final class HandleStream extends InputStream {
        private final FileHandle handle;
        private final long size;
        private long position;

        HandleStream(FileHandle handle, long size) {
            this.handle = handle;
            this.size = size;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            if (length == 0) {
                return 0;
            }
            try {
                int wanted = (int) Math.min(length, size - position);
                int count = wanted == 0 ? 0 : handle.read(position, target, offset, wanted);
                position += count;
                return count == 0 ? -1 : count;
            } catch (ErrnoException e) {
                throw new IOException("reading failed: " + e.errno(), e);
            }
        }
    }

    /**
     * Writes contents into a directory that exists and is empty.
     *
     * @return the small files among those asked for, by path
     */
    static Map<String, byte[]> write(
            Contents contents, FileSystem files, String root, String... returned)
            throws IOException {
        Map<String, byte[]> read = new HashMap<>();
        contents.copyTo(
                new Contents.Sink() {
                    @Override
                    public void directory(String path, int mode) throws IOException {
                        try {
                            files.makeDirectory(root + "/" + path, mode);
                        } catch (ErrnoException e) {
                            throw failed(path, e);
                        }
                    }

                    @Override
                    public void file(String path, int mode, long size, InputStream bytes)
                            throws IOException {
                        ByteArrayOutputStream copy = null;
                        for (String name : returned) {
                            copy = name.equals(path) ? new ByteArrayOutputStream() : copy;
                        }
                        try {
                            copyFile(files, root + "/" + path, mode, bytes, copy);
                        } catch (ErrnoException e) {
                            throw failed(path, e);
                        }
                        if (copy != null) {
                            read.put(path, copy.toByteArray());
                        }
                    }
                });
        return read;
    }

    private static void copyFile(
            FileSystem files,
            String path,
            int mode,
            InputStream bytes,
            @Nullable ByteArrayOutputStream copy)
            throws IOException, ErrnoException {
        int flags = OpenFlags.WRITE_ONLY | OpenFlags.CREATE | OpenFlags.TRUNCATE;
        try (FileHandle handle = files.open(path, flags, mode)) {
            byte[] buffer = new byte[BUFFER];
            long position = 0;
            int count = bytes.read(buffer);
            while (count >= 0) {
                int written = 0;
                while (written < count) {
                    written += handle.write(position + written, buffer, written, count - written);
                }
                position += count;
                if (copy != null) {
                    copy.write(buffer, 0, count);
                }
                count = bytes.read(buffer);
            }
        }
    }

    private static IOException failed(String path, ErrnoException e) {
        Errno errno = e.errno();
        return new IOException("writing " + path + " failed: " + errno, e);
    }
}
