package io.github.jdbcpglite.platform;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileOwnerAttributeView;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.UserPrincipal;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** Who owns files, and which modes they have, where the file system is a POSIX one. Stateless. */
public final class FileOwners {
    private FileOwners() {}

    /**
     * Returns the owner of a file that is another user than the one this process makes files as, or
     * nothing if it is the same or cannot be told.
     *
     * @param file not followed if it is a link
     * @throws IOException if it cannot be looked at
     */
    public static Optional<UserPrincipal> foreignOwner(Path file) throws IOException {
        FileOwnerAttributeView view =
                Files.getFileAttributeView(
                        file, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
        Optional<UserPrincipal> own = Self.OWNER;
        if (view == null || own.isEmpty()) {
            return Optional.empty();
        }
        UserPrincipal owner = view.getOwner();
        return owner.equals(own.get()) ? Optional.empty() : Optional.of(owner);
    }

    /** Returns the permissions of nine bits, from the owner's reading, 0400, downwards. */
    public static Set<PosixFilePermission> permissions(int mode) {
        PosixFilePermission[] bits = PosixFilePermission.values();
        Set<PosixFilePermission> permissions = EnumSet.noneOf(PosixFilePermission.class);
        for (int i = 0; i < bits.length; i++) {
            if ((mode & 1 << (bits.length - 1 - i)) != 0) {
                permissions.add(bits[i]);
            }
        }
        return permissions;
    }

    /** Java does not tell the user of a process, but who owns a file that it makes. */
    private static final class Self {
        static final Optional<UserPrincipal> OWNER = find();

        private static Optional<UserPrincipal> find() {
            try {
                Path probe = Files.createTempFile("pglite-owner-", null);
                try {
                    FileStore store = Files.getFileStore(probe);
                    return store.supportsFileAttributeView(PosixFileAttributeView.class)
                            ? Optional.of(Files.getOwner(probe))
                            : Optional.empty();
                } finally {
                    Files.delete(probe);
                }
            } catch (IOException e) {
                System.getLogger(FileOwners.class.getName())
                        .log(
                                System.Logger.Level.DEBUG,
                                "the owner of this process's files is not known",
                                e);
                return Optional.empty();
            }
        }
    }
}
