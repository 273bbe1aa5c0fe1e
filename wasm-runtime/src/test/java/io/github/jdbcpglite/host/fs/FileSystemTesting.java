package io.github.jdbcpglite.host.fs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What tests of file systems say in one line. */
public final class FileSystemTesting {
    /** Open for reading and writing a file that is made if missing. */
    public static final int WRITE = OpenFlags.READ_WRITE | OpenFlags.CREATE;

    private FileSystemTesting() {}

    /** Something that may fail. */
    @FunctionalInterface
    public interface Action {
        /** Does it. */
        void run() throws ErrnoException;
    }

    /** Returns the errno an action fails with, {@code null} if it succeeds. */
    public static @Nullable Errno errnoOf(Action action) {
        try {
            action.run();
            return null;
        } catch (ErrnoException e) {
            return e.errno();
        }
    }

    /** Asserts that an action fails. */
    public static void assertErrno(Errno expected, Action action) {
        assertThat(errnoOf(action)).isEqualTo(expected);
    }

    /** Makes or replaces a file. */
    public static void write(FileSystem fs, String path, String text) throws ErrnoException {
        write(fs, path, text.getBytes(StandardCharsets.UTF_8));
    }

    /** Makes or replaces a file. */
    public static void write(FileSystem fs, String path, byte[] bytes) throws ErrnoException {
        try (FileHandle handle = fs.open(path, WRITE | OpenFlags.TRUNCATE, 0644)) {
            writeAt(handle, 0, bytes);
        }
    }

    /** Writes all bytes at a position. */
    public static void writeAt(FileHandle handle, long position, byte[] bytes)
            throws ErrnoException {
        int done = 0;
        while (done < bytes.length) {
            done += handle.write(position + done, bytes, done, bytes.length - done);
        }
    }

    /** Writes text at a position. */
    public static void writeAt(FileHandle handle, long position, String text)
            throws ErrnoException {
        writeAt(handle, position, text.getBytes(StandardCharsets.UTF_8));
    }

    /** Reads a file whole as text. */
    public static String read(FileSystem fs, String path) throws ErrnoException {
        return new String(readBytes(fs, path), StandardCharsets.UTF_8);
    }

    /** Reads a file whole. */
    public static byte[] readBytes(FileSystem fs, String path) throws ErrnoException {
        try (FileHandle handle = fs.open(path, OpenFlags.READ_ONLY, 0)) {
            return readAt(handle, 0, Math.toIntExact(handle.size()));
        }
    }

    /** Reads what is there at a position, at most a length. */
    public static byte[] readAt(FileHandle handle, long position, int length)
            throws ErrnoException {
        byte[] buffer = new byte[length];
        return Arrays.copyOf(buffer, handle.read(position, buffer, 0, length));
    }

    /** Reads text at a position. */
    public static String textAt(FileHandle handle, long position, int length)
            throws ErrnoException {
        return new String(readAt(handle, position, length), StandardCharsets.UTF_8);
    }

    /** Returns the names in a directory, sorted. */
    public static List<String> names(FileSystem fs, String path) throws ErrnoException {
        return fs.list(path).stream().map(DirectoryEntry::name).sorted().toList();
    }

    /** Returns whether a path exists. */
    public static boolean exists(FileSystem fs, String path) throws ErrnoException {
        Errno errno = errnoOf(() -> fs.stat(path, false));
        if (errno != null && errno != Errno.ENOENT) {
            throw new ErrnoException(errno);
        }
        return errno == null;
    }
}
