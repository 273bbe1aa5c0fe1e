package io.github.jdbcpglite.host.fs.directory;

import io.github.jdbcpglite.host.fs.FileStatus;
import io.github.jdbcpglite.host.fs.FileType;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * Reads and sets attributes of host files: all of them on POSIX systems. Elsewhere a file has mode
 * 0600, a directory 0700, setting a mode does nothing, and the inode number is made from the path.
 */
final class HostAttributes {
    private static final String UNIX = "unix";
    private static final String WANTED =
            "unix:ino,mode,nlink,size,lastAccessTime,lastModifiedTime,ctime";
    private static final int TYPE_BITS = 0170000;
    private static final int MODE_BITS = 07777;
    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    private final boolean unix;

    HostAttributes(Path root) {
        this.unix = root.getFileSystem().supportedFileAttributeViews().contains(UNIX);
    }

    boolean isUnix() {
        return unix;
    }

    /** Returns what {@code lstat(2)} tells. */
    FileStatus read(Path path) throws IOException {
        if (!unix) {
            return readBasic(path);
        }
        Map<String, Object> values = Files.readAttributes(path, WANTED, LinkOption.NOFOLLOW_LINKS);
        int mode = (Integer) value(values, "mode");
        return new FileStatus(
                (Long) value(values, "ino"),
                type(mode & TYPE_BITS),
                mode & MODE_BITS,
                (Integer) value(values, "nlink"),
                (Long) value(values, "size"),
                nanos((FileTime) value(values, "lastAccessTime")),
                nanos((FileTime) value(values, "lastModifiedTime")),
                nanos((FileTime) value(values, "ctime")));
    }

    private static FileStatus readBasic(Path path) throws IOException {
        BasicFileAttributes read =
                Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        FileType type = FileType.REGULAR;
        if (read.isDirectory()) {
            type = FileType.DIRECTORY;
        } else if (read.isSymbolicLink()) {
            type = FileType.SYMBOLIC_LINK;
        }
        CRC32 number = new CRC32();
        number.update(path.toString().getBytes(StandardCharsets.UTF_8));
        return new FileStatus(
                number.getValue(),
                type,
                type == FileType.REGULAR ? 0600 : 0700,
                1,
                read.size(),
                nanos(read.lastAccessTime()),
                nanos(read.lastModifiedTime()),
                nanos(read.lastModifiedTime()));
    }

    /** Returns the kind of file, not following a link, {@code null} if there is none. */
    @Nullable FileType typeOf(Path path) throws IOException {
        BasicFileAttributeView view =
                Files.getFileAttributeView(
                        path, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
        try {
            BasicFileAttributes read = view.readAttributes();
            if (read.isRegularFile()) {
                return FileType.REGULAR;
            }
            if (read.isDirectory()) {
                return FileType.DIRECTORY;
            }
            return read.isSymbolicLink() ? FileType.SYMBOLIC_LINK : read(path).type();
        } catch (NoSuchFileException e) {
            return null;
        }
    }

    /** Sets the mode of what the caller knows to be no link. */
    void setMode(Path path, int mode) throws IOException {
        if (unix) {
            Files.setAttribute(path, "unix:mode", mode & MODE_BITS);
        }
    }

    void setTimes(Path path, long accessNanos, long modifyNanos) throws IOException {
        Files.getFileAttributeView(path, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
                .setTimes(
                        FileTime.from(modifyNanos, TimeUnit.NANOSECONDS),
                        FileTime.from(accessNanos, TimeUnit.NANOSECONDS),
                        null);
    }

    /** Returns attributes that create a file no wider than a mode, whatever the umask. */
    FileAttribute<?>[] creating(int mode) {
        if (!unix) {
            return new FileAttribute<?>[0];
        }
        Set<PosixFilePermission> permissions = EnumSet.noneOf(PosixFilePermission.class);
        PosixFilePermission[] all = PosixFilePermission.values();
        for (int i = 0; i < all.length; i++) {
            // The constants are declared from the owner's reading, 0400, downwards.
            if ((mode & (0400 >> i)) != 0) {
                permissions.add(all[i]);
            }
        }
        return new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(permissions)};
    }

    private static Object value(Map<String, Object> values, String name) {
        return Objects.requireNonNull(values.get(name), name);
    }

    private static FileType type(int bits) throws IOException {
        for (FileType type : FileType.values()) {
            if (type.modeBits() == bits) {
                return type;
            }
        }
        throw new IOException("A file of unknown type, octal " + Integer.toOctalString(bits));
    }

    private static long nanos(FileTime time) {
        Instant instant = time.toInstant();
        return instant.getEpochSecond() * NANOS_PER_SECOND + instant.getNano();
    }
}
