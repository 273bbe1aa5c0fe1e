package io.github.jdbcpglite.postgres.internal.datadir;

import io.github.jdbcpglite.postgres.internal.datadir.DirectoryException.Reason;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * The lock by which one opener has a directory. The operating system gives it up when the process
 * dies, so a lock that is held means a process that lives; the text in the file only tells who.
 *
 * <p>Within one JVM a system property stands for the lock, as a text that other class loaders
 * understand: they must not even open the file, since closing it would end the lock.
 */
final class LockFile implements AutoCloseable {
    /** Name within the data directory. */
    static final String NAME = "pglite.lock";

    private static final String PROPERTY_PREFIX = "io.github.jdbcpglite.open.";
    private static final String PID = "pid=";

    /** Beyond any text, so that others can read it where locks are mandatory. */
    private static final long LOCKED_BYTE = Long.MAX_VALUE - 1;

    private final String property;
    private final FileChannel channel;

    private LockFile(String property, FileChannel channel) {
        this.property = property;
        this.channel = channel;
    }

    /**
     * Takes the lock.
     *
     * @param directory an existing directory, with links followed
     * @throws DirectoryException naming the holder if there is one, or the file if it is not a lock
     *     file of this library
     */
    static LockFile take(Path directory) throws DirectoryException {
        String property = PROPERTY_PREFIX + directory;
        String self = describeSelf();
        Object inThisJvm = System.getProperties().putIfAbsent(property, self);
        if (inThisJvm != null) {
            throw inUse(
                    directory,
                    "this JVM, by another class loader or another copy of this library"
                            + " (opened "
                            + value(inThisJvm.toString(), "opened=")
                            + ")",
                    null);
        }
        LockFile taken = null;
        try {
            taken = lock(directory, property);
            taken.describe(self);
            return taken;
        } catch (IOException e) {
            if (taken != null) {
                taken.close();
            }
            throw new DirectoryException(
                    Reason.FAILED, "Cannot lock the data directory " + directory + ": " + e, e);
        } finally {
            if (taken == null) {
                System.getProperties().remove(property);
            }
        }
    }

    /**
     * Reads a directory while nobody has it open, without changing anything in it.
     *
     * @param directory an existing directory, with links followed
     * @throws DirectoryException naming the holder if there is one, also if it came meanwhile
     */
    static void whileUnused(Path directory, Reading reading)
            throws IOException, DirectoryException {
        String property = PROPERTY_PREFIX + directory;
        Object inThisJvm = System.getProperties().putIfAbsent(property, describeSelf());
        if (inThisJvm != null) {
            throw inUse(directory, "this JVM", null);
        }
        try {
            Path file = directory.resolve(NAME);
            if (!PlainFiles.requireRegular(file)) {
                reading.read();
                if (PlainFiles.requireRegular(file)) {
                    throw inUse(directory, "a process that has just opened it", null);
                }
                return;
            }
            try (FileChannel channel =
                            FileChannel.open(
                                    file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
                    FileLock lock = channel.tryLock(LOCKED_BYTE, 1, true)) {
                String written = read(channel);
                if (lock == null) {
                    throw inUse(directory, holder(written), null);
                }
                reading.read();
            }
        } finally {
            System.getProperties().remove(property);
        }
    }

    /** What is done while nobody has a directory open. */
    interface Reading {
        void read() throws IOException, DirectoryException;
    }

    private static LockFile lock(Path directory, String property)
            throws IOException, DirectoryException {
        Path file = directory.resolve(NAME);
        PlainFiles.requireRegular(file);
        FileChannel channel =
                FileChannel.open(
                        file,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.READ,
                        StandardOpenOption.WRITE,
                        LinkOption.NOFOLLOW_LINKS);
        LockFile taken = null;
        try {
            FileLock lock = channel.tryLock(LOCKED_BYTE, 1, false);
            String written = read(channel);
            if (lock == null) {
                throw inUse(directory, holder(written), null);
            }
            if (!isOurs(written)) {
                throw PlainFiles.unsuitable(file, "it is not a lock file of this library");
            }
            taken = new LockFile(property, channel);
            return taken;
        } catch (OverlappingFileLockException e) {
            throw inUse(directory, "this JVM", e);
        } finally {
            if (taken == null) {
                channel.close(); // which ends the lock too
            }
        }
    }

    /** Returns whether a holder left this, at whatever moment it was killed or the power went. */
    private static boolean isOurs(String written) {
        String text = written.replace("\0", "");
        return text.startsWith(PID) || PID.startsWith(text);
    }

    private static DirectoryException inUse(
            Path directory, String holder, @Nullable Throwable cause) {
        return new DirectoryException(
                Reason.IN_USE,
                "The data directory "
                        + directory
                        + " is in use by "
                        + holder
                        + "; one process at a time can open it. Close it there first",
                cause);
    }

    private static String holder(String written) {
        OptionalLong pid = pid(written);
        return pid.isPresent()
                ? "process "
                        + pid.getAsLong()
                        + " on host "
                        + value(written, "host=")
                        + " (JVM started "
                        + value(written, "started=")
                        + ")"
                : "another process";
    }

    private static String describeSelf() {
        ProcessHandle self = ProcessHandle.current();
        String started = self.info().startInstant().map(Instant::toString).orElse("unknown");
        return PID
                + self.pid()
                + "\nhost="
                + hostName()
                + "\nstarted="
                + started
                + "\nopened="
                + Instant.now()
                + "\n";
    }

    private static String hostName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "unknown"; // it is only told
        }
    }

    private static String value(String text, String key) {
        return text.lines()
                .filter(line -> line.startsWith(key))
                .map(line -> line.substring(key.length()))
                .findFirst()
                .orElse("unknown");
    }

    private static OptionalLong pid(String text) {
        String pid = value(text, PID);
        return pid.matches("\\d{1,18}")
                ? OptionalLong.of(Long.parseLong(pid))
                : OptionalLong.empty();
    }

    private static String read(FileChannel channel) throws IOException {
        ByteBuffer text = ByteBuffer.allocate(1024);
        while (text.hasRemaining() && channel.read(text, text.position()) > 0) {
            // until the end of the file
        }
        return new String(text.array(), 0, text.position(), StandardCharsets.UTF_8);
    }

    private void describe(String text) throws IOException {
        channel.truncate(0);
        channel.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)), 0);
    }

    /** Gives the lock up. The file stays: another process may be about to lock it. */
    @Override
    public void close() {
        try (channel) {
            describe("");
        } catch (IOException e) {
            System.getLogger(LockFile.class.getName())
                    .log(System.Logger.Level.WARNING, "closing a lock file failed", e);
        } finally {
            System.getProperties().remove(property);
        }
    }
}
