package io.github.jdbcpglite.cli.shell;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.regex.Pattern;
import org.jline.reader.impl.history.DefaultHistory;

/**
 * What was typed, in a file that only its owner may read, without statements that set passwords.
 */
final class History extends DefaultHistory {
    private static final Pattern SECRET =
            Pattern.compile("\\bpassword\\s+(E|U&)?['$]", Pattern.CASE_INSENSITIVE);

    private final Path file;

    History(Path file) {
        this.file = file;
    }

    /** Makes the file, or takes from others what they may do with it. */
    Path prepare() throws IOException {
        Path parent = file.toAbsolutePath().getParent();
        if (parent != null) {
            Files.createDirectories(parent);
        }
        if (!FileSystems.getDefault().supportedFileAttributeViews().contains("posix")) {
            return file;
        }
        var owner = PosixFilePermissions.fromString("rw-------");
        try {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(owner));
        } catch (FileAlreadyExistsException e) {
            Files.setPosixFilePermissions(file, owner);
        }
        return file;
    }

    @Override
    public void add(Instant time, String line) {
        if (!SECRET.matcher(line).find()) {
            super.add(time, line);
        }
    }
}
