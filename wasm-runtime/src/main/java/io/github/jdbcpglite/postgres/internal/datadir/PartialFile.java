package io.github.jdbcpglite.postgres.internal.datadir;

import io.github.jdbcpglite.platform.FileOwners;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An archive that is being written, under a name of its own until it is complete.
 *
 * <p>While it is written, its process holds an operating system lock on it, which ends with the
 * process. So one that can be locked is what a dead process has left, in whatever container that
 * was. Within this process the name tells: closing a file that is looked at would end the lock.
 */
final class PartialFile implements AutoCloseable {
    /** With the number and start of the process, and a random number. */
    private static final Pattern NAME =
            Pattern.compile("\\.pglite-backup-([0-9]+\\.[0-9]+)-[0-9a-f-]{36}\\.part");

    private static final int ATTEMPTS = 10;
    private static final int FILE_MODE = 0600;

    private final Path file;
    private final FileChannel channel;
    private boolean complete;

    private PartialFile(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /** Makes an empty one in the directory of an archive, and removes what dead processes left. */
    static PartialFile beside(Path archive) throws IOException {
        Path parent =
                Objects.requireNonNull(
                        archive.toAbsolutePath().getParent(), "an archive has a directory");
        removeAbandoned(parent);
        for (int i = 0; i < ATTEMPTS; i++) {
            String name = ".pglite-backup-" + self() + "-" + UUID.randomUUID() + ".part";
            Path file = parent.resolve(name);
            PartialFile made = new PartialFile(file, create(file));
            boolean held = false;
            try {
                // Somebody who looks for abandoned ones may have been faster.
                held = made.isLocked() && Files.exists(file);
                if (held) {
                    return made;
                }
            } finally {
                if (!held) {
                    made.close();
                }
            }
        }
        throw new IOException("no file could be locked in " + parent);
    }

    private boolean isLocked() {
        try {
            return channel.tryLock() != null;
        } catch (IOException e) {
            return true; // a file system without locks, where nobody gets one to remove it
        }
    }

    /** The number alone may be that of a process that is dead, in a container above all. */
    private static String self() {
        ProcessHandle self = ProcessHandle.current();
        long start = self.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
        return self.pid() + "." + start;
    }

    private static FileChannel create(Path file) throws IOException {
        Set<OpenOption> options = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        boolean posix = file.getFileSystem().supportedFileAttributeViews().contains("posix");
        FileAttribute<?>[] attributes =
                posix
                        ? new FileAttribute<?>[] {
                            PosixFilePermissions.asFileAttribute(FileOwners.permissions(FILE_MODE))
                        }
                        : new FileAttribute<?>[0];
        return FileChannel.open(file, options, attributes);
    }

    private static void removeAbandoned(Path directory) throws IOException {
        try (DirectoryStream<Path> found =
                Files.newDirectoryStream(directory, ".pglite-backup-*.part")) {
            for (Path file : found) {
                Matcher name = NAME.matcher(file.getFileName().toString());
                if (name.matches() && !name.group(1).equals(self())) {
                    removeIfAbandoned(file);
                }
            }
        }
    }

    private static void removeIfAbandoned(Path file) {
        try {
            if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
                    || FileOwners.foreignOwner(file).isPresent()) {
                return;
            }
            try (FileChannel channel =
                            FileChannel.open(
                                    file, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
                    FileLock lock = channel.tryLock()) {
                if (lock != null) {
                    Files.deleteIfExists(file);
                }
            }
        } catch (NoSuchFileException e) {
            // Completed or removed since it was listed.
        } catch (IOException | OverlappingFileLockException e) {
            System.getLogger(PartialFile.class.getName())
                    .log(
                            System.Logger.Level.WARNING,
                            "what a backup has left in " + file + " could not be removed",
                            e);
        }
    }

    /** Returns a stream to the file; closing it does not end the lock. */
    OutputStream output() {
        OutputStream stream = Channels.newOutputStream(channel);
        return new OutputStream() {
            @Override
            public void write(int value) throws IOException {
                stream.write(value);
            }

            @Override
            public void write(byte[] bytes, int offset, int length) throws IOException {
                stream.write(bytes, offset, length);
            }
        };
    }

    /**
     * Waits until the file is on the disk and gives it its name.
     *
     * @param replacing whether it may take the place of a file of that name
     * @throws java.nio.file.FileAlreadyExistsException if it may not, and there is one
     */
    void complete(Path archive, boolean replacing) throws IOException {
        channel.force(true);
        if (replacing) {
            Files.move(file, archive, StandardCopyOption.REPLACE_EXISTING);
        } else {
            Files.move(file, archive);
        }
        complete = true;
    }

    /** Removes the file unless it is complete. */
    @Override
    public void close() throws IOException {
        try (channel) {
            if (!complete) {
                Files.deleteIfExists(file);
            }
        }
    }
}
