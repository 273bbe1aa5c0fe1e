package io.github.jdbcpglite.wasm.directory;

import io.github.jdbcpglite.wasm.directory.DirectoryException.Reason;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * PostgreSQL's {@code postmaster.pid}, by which its own servers keep each other out of a directory.
 *
 * <p>Its first line is the pid, negative for a single-user backend; the third is the time the
 * server started, in seconds since the epoch. Ours carries the pid of this JVM in place of the one
 * that the guest believes to have.
 */
final class PidFile {
    private static final String NAME = "postmaster.pid";
    private static final int START_TIME_LINE = 2;

    /** A process that started this much after the file was written is another one. */
    private static final long START_TOLERANCE_SECONDS = 60;

    private final Path file;

    PidFile(Path directory) {
        this.file = directory.resolve(NAME);
    }

    /**
     * Checks that no server of PostgreSQL runs on the directory. Changes nothing.
     *
     * @param former the last process that had the directory open through this library
     * @throws DirectoryException naming the server
     */
    void requireNoServer(OptionalLong former) throws DirectoryException {
        List<String> lines = lines();
        if (lines.isEmpty()) {
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
        // The lock of this library has been taken, so whoever wrote ours has closed or died.
        boolean ours =
                other == ProcessHandle.current().pid()
                        || (former.isPresent() && former.getAsLong() == other);
        if (!ours && isAlive(other, startSeconds(lines))) {
            throw new DirectoryException(
                    Reason.IN_USE,
                    "The data directory "
                            + file.getParent()
                            + " is in use by a PostgreSQL server, process "
                            + other
                            + " (its file "
                            + NAME
                            + " says so); stop it first");
        }
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

    /** Replaces the guest's pid by this JVM's, so that a server of PostgreSQL finds it alive. */
    void adopt() throws DirectoryException {
        List<String> lines = new ArrayList<>(lines());
        if (lines.isEmpty()) {
            return;
        }
        lines.set(0, Long.toString(-ProcessHandle.current().pid()));
        Path written = file.resolveSibling(NAME + ".new");
        try {
            Files.writeString(
                    written, String.join("\n", lines) + "\n", StandardCharsets.ISO_8859_1);
            Files.move(
                    written,
                    file,
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new DirectoryException(Reason.FAILED, "Cannot write " + file + ": " + e, e);
        }
    }

    /** Deletes the file, which belongs to no live server. */
    void delete() throws DirectoryException {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new DirectoryException(Reason.FAILED, "Cannot delete " + file + ": " + e, e);
        }
    }

    private List<String> lines() throws DirectoryException {
        try {
            // The format is bytes; the paths in it do not matter here.
            return Files.readString(file, StandardCharsets.ISO_8859_1).lines().toList();
        } catch (NoSuchFileException e) {
            return List.of();
        } catch (IOException e) {
            throw new DirectoryException(Reason.FAILED, "Cannot read " + file + ": " + e, e);
        }
    }
}
