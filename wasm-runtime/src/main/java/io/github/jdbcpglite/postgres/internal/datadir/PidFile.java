package io.github.jdbcpglite.postgres.internal.datadir;

import io.github.jdbcpglite.postgres.internal.datadir.DirectoryException.Reason;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * PostgreSQL's {@code postmaster.pid}, by which its own servers keep each other out of a directory.
 *
 * <p>Its first line is the pid, negative for a single-user backend; the third is the time the
 * server started, in seconds since the epoch. The one on the disk is always written here, with the
 * pid of this JVM and a last line that no server writes; the guest has one of its own in memory. So
 * whatever moment a JVM is killed at, the next opener, which holds the lock of this library, knows
 * the file for one that a dead JVM has left.
 */
final class PidFile {
    /** Name within the data directory. */
    static final String NAME = "postmaster.pid";

    /** Name of the file while it is being written; taken for ours only with our contents. */
    static final String PARTIAL = "pglite.pid";

    /** The last line; of a server, its state. */
    private static final String MARK = "jdbc-pglite";

    /** What a partial file of ours holds at any moment. */
    private static final Pattern BEGINNING = Pattern.compile("(-\\d*(\n.*)?)?", Pattern.DOTALL);

    /** PostgreSQL's own has two paths of at most 1,024 bytes each. */
    private static final int MAX_BYTES = 8192;

    private static final int START_TIME_LINE = 2;

    /** A process that started this much after the file was written is another one. */
    private static final long START_TOLERANCE_SECONDS = 60;

    private final Path directory;
    private final Path file;

    PidFile(Path directory) {
        this.directory = directory;
        this.file = directory.resolve(NAME);
    }

    /**
     * Checks that no server of PostgreSQL runs on the directory. Changes nothing.
     *
     * @throws DirectoryException naming the server
     */
    void requireNoServer() throws DirectoryException {
        List<String> lines = lines();
        // The lock of this library has been taken, so whoever wrote ours has closed or died.
        if (lines.isEmpty() || isOurs(lines)) {
            return;
        }
        OptionalLong pid = pid(lines.get(0));
        if (pid.isEmpty()) {
            throw new DirectoryException(
                    Reason.UNSUITABLE,
                    "The lock file "
                            + file
                            + " of a PostgreSQL server does not start with a process number. If no"
                            + " server runs on the directory, delete the file");
        }
        long other = pid.getAsLong();
        if (other != ProcessHandle.current().pid() && isAlive(other, startSeconds(lines))) {
            throw new DirectoryException(
                    Reason.IN_USE,
                    "The data directory "
                            + directory
                            + " is in use by a PostgreSQL server, process "
                            + other
                            + " (its file "
                            + NAME
                            + " says so); stop it first");
        }
    }

    private static boolean isOurs(List<String> lines) {
        int last = lines.size() - 1;
        return last > 0 && lines.get(last).isEmpty() && lines.get(last - 1).equals(MARK);
    }

    private static boolean isAlive(long pid, @Nullable Long fileWrittenSeconds) {
        Optional<ProcessHandle> process = ProcessHandle.of(pid).filter(ProcessHandle::isAlive);
        if (process.isEmpty()) {
            return false;
        }
        Instant started = process.get().info().startInstant().orElse(Instant.MIN);
        return fileWrittenSeconds == null
                || started.getEpochSecond() <= fileWrittenSeconds + START_TOLERANCE_SECONDS;
    }

    private static OptionalLong pid(String line) {
        String text = line.strip();
        if (!text.matches("-?\\d{1,18}")) {
            return OptionalLong.empty();
        }
        return OptionalLong.of(Math.abs(Long.parseLong(text)));
    }

    private static @Nullable Long startSeconds(List<String> lines) {
        if (lines.size() <= START_TIME_LINE) {
            return null;
        }
        String text = lines.get(START_TIME_LINE).strip();
        return text.matches("\\d{1,18}") ? Long.valueOf(text) : null;
    }

    /**
     * Writes ours, in place of one that a dead server or JVM has left. A server of PostgreSQL that
     * comes now finds this JVM alive; without a seventh line it does not look for shared memory.
     */
    void write() throws DirectoryException {
        String text =
                String.join(
                        "\n",
                        Long.toString(-ProcessHandle.current().pid()),
                        directory.toString(),
                        Long.toString(Instant.now().getEpochSecond()),
                        "0", // port, socket directory, address and shared memory: none
                        "",
                        "",
                        "",
                        MARK,
                        "");
        Path partial = file.resolveSibling(PARTIAL);
        try {
            PlainFiles.replace(partial, text, BEGINNING);
            Files.move(
                    partial,
                    file,
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new DirectoryException(Reason.FAILED, "Cannot write " + file + ": " + e, e);
        }
    }

    /** Deletes the file if it is ours. */
    void delete() throws DirectoryException {
        if (!isOurs(lines())) {
            return;
        }
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new DirectoryException(Reason.FAILED, "Cannot delete " + file + ": " + e, e);
        }
    }

    private List<String> lines() throws DirectoryException {
        try {
            // The format is bytes; the paths in it do not matter here.
            byte[] bytes = PlainFiles.read(file, MAX_BYTES);
            return List.of(new String(bytes, StandardCharsets.ISO_8859_1).split("\n", -1));
        } catch (NoSuchFileException e) {
            return List.of();
        } catch (IOException e) {
            throw new DirectoryException(Reason.FAILED, "Cannot read " + file + ": " + e, e);
        }
    }
}
