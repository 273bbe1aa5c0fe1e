package io.github.jdbcpglite.host.fs;

import io.github.jdbcpglite.host.fs.memory.FileTree;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Follows symbolic links for file systems that are made of others, so that a link never leads where
 * they do not look.
 *
 * <p>Directories found to be reached without links are remembered, and the usual path costs one
 * lookup of its last component or none. Whoever removes or renames a directory or makes a link
 * where one may have been calls {@link #forget}. Safe for use by several threads if the file system
 * is.
 */
public final class LinkResolver {
    /** Directories remembered; PostgreSQL uses a few dozen. */
    private static final int MAX_REMEMBERED = 4096;

    private final Lookup lookup;
    private final Set<String> directories = ConcurrentHashMap.newKeySet();

    /** How the file system sees one path whose directory holds no link. */
    public interface Lookup {
        /** Returns the kind of file, not following a link, {@code null} if there is none. */
        @Nullable FileType type(String path) throws ErrnoException;

        /** Returns what a link holds, an absolute target meaning the same root. */
        String target(String path) throws ErrnoException;

        /** Returns whether {@code ..} from the root in a target is refused, not the root. */
        boolean isConfined();
    }

    /** Makes a resolver over the names of a tree. */
    public LinkResolver(Lookup lookup) {
        this.lookup = lookup;
    }

    /** Drops what is remembered. */
    public void forget() {
        directories.clear();
    }

    /**
     * Resolves a path. The directory it is in exists; the last component need not.
     *
     * @param path absolute clean path
     * @return an absolute clean path through no link, its last component a link only if not
     *     followed
     * @throws ErrnoException ENOENT, ENOTDIR, ELOOP, ENAMETOOLONG, EPERM if a link leaves the root
     */
    public String resolve(String path, boolean followLast) throws ErrnoException {
        GuestPath.checkPath(path);
        if (path.equals("/")) {
            return path;
        }
        String parent = GuestPath.parent(path);
        if (parent.equals("/") || directories.contains(parent)) {
            GuestPath.checkName(GuestPath.name(path));
            if (!followLast || lookup.type(path) != FileType.SYMBOLIC_LINK) {
                return path;
            }
        }
        return new Walk().resolve(path, followLast);
    }

    private void remember(String directory) {
        if (directories.size() >= MAX_REMEMBERED) {
            directories.clear();
        }
        directories.add(directory);
    }

    /** One resolution. */
    private final class Walk {
        /** Components still to take, the next one last. */
        private final List<String> pending = new ArrayList<>();

        private String at = "/";
        private int links;

        String resolve(String path, boolean followLast) throws ErrnoException {
            push(path);
            while (!pending.isEmpty()) {
                String name = pending.remove(pending.size() - 1);
                if (name.equals("..")) {
                    leave();
                } else {
                    enter(name, followLast);
                }
            }
            return at;
        }

        private void enter(String name, boolean followLast) throws ErrnoException {
            GuestPath.checkName(name);
            if (!at.equals("/") && !directories.contains(at)) {
                requireDirectory();
            }
            String next = GuestPath.child(at, name);
            boolean last = pending.isEmpty();
            if ((!last || followLast) && lookup.type(next) == FileType.SYMBOLIC_LINK) {
                follow(next);
            } else {
                at = next;
            }
        }

        private void follow(String link) throws ErrnoException {
            links++;
            if (links > FileTree.MAX_LINKS) {
                throw new ErrnoException(Errno.ELOOP);
            }
            String target = lookup.target(link);
            if (target.startsWith("/")) {
                at = "/";
            }
            push(target);
        }

        private void leave() throws ErrnoException {
            if (at.equals("/")) {
                if (lookup.isConfined()) {
                    throw new ErrnoException(Errno.EPERM);
                }
                return;
            }
            requireDirectory();
            at = GuestPath.parent(at);
        }

        private void requireDirectory() throws ErrnoException {
            FileType type = lookup.type(at);
            if (type == null) {
                throw new ErrnoException(Errno.ENOENT);
            }
            if (type != FileType.DIRECTORY) {
                throw new ErrnoException(Errno.ENOTDIR);
            }
            remember(at);
        }

        private void push(String path) {
            String[] components = path.split("/", -1);
            for (int i = components.length - 1; i >= 0; i--) {
                if (!components[i].isEmpty() && !components[i].equals(".")) {
                    pending.add(components[i]);
                }
            }
        }
    }
}
