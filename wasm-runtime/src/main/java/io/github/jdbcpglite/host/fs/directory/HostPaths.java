package io.github.jdbcpglite.host.fs.directory;

import io.github.jdbcpglite.host.fs.Errno;
import io.github.jdbcpglite.host.fs.ErrnoException;
import io.github.jdbcpglite.host.fs.FileStatus;
import io.github.jdbcpglite.host.fs.FileType;
import io.github.jdbcpglite.host.fs.GuestPath;
import io.github.jdbcpglite.host.fs.LinkResolver;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Maps paths of a {@link HostFileSystem} to the host's and looks them up, never through a link. */
final class HostPaths implements LinkResolver.Lookup {
    private final Path root;

    /** The root with slashes and without the last, so that a clean path can follow. */
    private final String prefix;

    private final String separator;
    private final HostAttributes attributes;
    private final Set<String> hidden;

    /**
     * Makes the mapping.
     *
     * @param hidden names in the root that do not exist for the guest
     */
    HostPaths(Path root, HostAttributes attributes, Set<String> hidden) {
        this.hidden = hidden;
        this.root = root;
        this.separator = root.getFileSystem().getSeparator();
        String text = root.toString().replace(separator, "/");
        this.prefix = text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
        this.attributes = attributes;
    }

    /**
     * Returns the host's path of a clean path.
     *
     * @throws ErrnoException EINVAL if the host has no such names
     */
    Path host(String path) throws ErrnoException {
        checkNames(path);
        if (isHidden(path)) {
            throw new ErrnoException(Errno.ENOENT);
        }
        try {
            return path.equals("/") ? root : root.resolve(path.substring(1));
        } catch (InvalidPathException e) {
            throw new ErrnoException(Errno.EINVAL);
        }
    }

    private boolean isHidden(String path) {
        int end = path.indexOf('/', 1);
        return !hidden.isEmpty() && isHiddenName(path.substring(1, end < 0 ? path.length() : end));
    }

    /** Returns whether a name in the root does not exist for the guest, in any case of letters. */
    boolean isHiddenName(String name) {
        return hidden.stream().anyMatch(name::equalsIgnoreCase);
    }

    /** Refuses what the host would take for more than a name, such as a drive. */
    private void checkNames(String path) throws ErrnoException {
        if (!separator.equals("/") && (path.contains(separator) || path.indexOf(':') >= 0)) {
            throw new ErrnoException(Errno.EINVAL);
        }
    }

    @Override
    public @Nullable FileType type(String path) throws ErrnoException {
        try {
            return attributes.typeOf(host(path));
        } catch (IOException e) {
            throw HostErrors.translate(e, "look up " + path);
        }
    }

    FileStatus status(String path) throws ErrnoException {
        try {
            FileStatus read = attributes.read(host(path));
            if (read.type() != FileType.SYMBOLIC_LINK) {
                return read;
            }
            int size = GuestPath.utf8Length(readLink(path));
            return new FileStatus(
                    read.inode(),
                    read.type(),
                    read.mode(),
                    read.linkCount(),
                    size,
                    read.accessNanos(),
                    read.modifyNanos(),
                    read.changeNanos());
        } catch (IOException e) {
            throw HostErrors.translate(e, "describe " + path);
        }
    }

    /** Returns what a link holds as the guest sees it; outside the root, as it is. */
    String readLink(String path) throws ErrnoException {
        String stored = stored(path);
        return isAbsolute(stored) && GuestPath.isWithin(stored, prefix)
                ? insideRoot(stored)
                : stored;
    }

    @Override
    public String target(String path) throws ErrnoException {
        String stored = stored(path);
        if (!isAbsolute(stored)) {
            return stored;
        }
        if (!GuestPath.isWithin(stored, prefix)) {
            throw new ErrnoException(Errno.EPERM);
        }
        return insideRoot(stored);
    }

    @Override
    public boolean isConfined() {
        return true;
    }

    /**
     * Returns what to store for a link.
     *
     * @throws ErrnoException EPERM if the target leaves the root
     */
    Path storedTarget(String target, String link) throws ErrnoException {
        checkNames(target);
        boolean absolute = target.startsWith("/");
        if (leavesRoot(absolute ? target : GuestPath.parent(link) + "/" + target)) {
            throw new ErrnoException(Errno.EPERM);
        }
        try {
            return root.getFileSystem().getPath(absolute ? prefix + target : target);
        } catch (InvalidPathException e) {
            throw new ErrnoException(Errno.EINVAL);
        }
    }

    private static boolean leavesRoot(String path) {
        int depth = 0;
        for (String component : path.split("/", -1)) {
            if (component.equals("..")) {
                depth--;
            } else if (!component.isEmpty() && !component.equals(".")) {
                depth++;
            }
            if (depth < 0) {
                return true;
            }
        }
        return false;
    }

    private String stored(String path) throws ErrnoException {
        try {
            return Files.readSymbolicLink(host(path)).toString().replace(separator, "/");
        } catch (IOException e) {
            throw HostErrors.translate(e, "read link " + path);
        }
    }

    private boolean isAbsolute(String target) {
        return root.getFileSystem().getPath(target).isAbsolute();
    }

    private String insideRoot(String stored) {
        String inside = stored.substring(prefix.length());
        return inside.isEmpty() ? "/" : inside;
    }
}
