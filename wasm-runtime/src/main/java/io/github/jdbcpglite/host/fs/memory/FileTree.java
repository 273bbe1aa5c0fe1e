package io.github.jdbcpglite.host.fs.memory;

import io.github.jdbcpglite.host.fs.Errno;
import io.github.jdbcpglite.host.fs.ErrnoException;
import io.github.jdbcpglite.host.fs.GuestPath;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The names of a {@link MemoryFileSystem}: finds, adds and removes directory entries. Guarded by
 * that file system's lock.
 */
public final class FileTree {
    /** Symbolic links followed in one path before ELOOP, as Linux allows. */
    public static final int MAX_LINKS = 40;

    /** Creating a directory ignores the bits that set the owner at execution. */
    private static final int DIRECTORY_MODE_BITS = 01777;

    /**
     * Where a path leads.
     *
     * @param parent the directory of the last component; for the root, itself
     * @param name the last component, empty for the root and for links that end in dots
     * @param inode what is there, {@code null} if nothing
     */
    record Location(Inode.Directory parent, String name, @Nullable Inode inode) {}

    private final Inode.Directory root;
    private final SpaceQuota quota;
    private long nextNumber;

    FileTree(SpaceQuota quota, long nowNanos) {
        this.quota = quota;
        this.root = new Inode.Directory(1, 0755, nowNanos, null);
        this.nextNumber = 2;
        quota.inodeCreated();
    }

    private FileTree(FileTree original, SpaceQuota quota) {
        this.quota = quota;
        this.nextNumber = original.nextNumber;
        this.root = original.root.copy();
        quota.inodeCreated();
        copyChildren(original.root, root);
    }

    /** Copies all names and attributes and shares all contents. */
    FileTree copy(SpaceQuota copyQuota) {
        return new FileTree(this, copyQuota);
    }

    private void copyChildren(Inode.Directory from, Inode.Directory to) {
        for (Map.Entry<String, Inode> entry : from.children.entrySet()) {
            Inode original = entry.getValue();
            Inode copy = original.copy();
            to.children.put(entry.getKey(), copy);
            quota.inodeCreated();
            if (original instanceof Inode.Directory directory
                    && copy instanceof Inode.Directory copiedDirectory) {
                copiedDirectory.parent = to;
                copyChildren(directory, copiedDirectory);
            } else if (copy instanceof Inode.Regular regular) {
                quota.adopt(regular.contents.allocatedBlocks(), regular.contents.reservedBlocks());
            }
        }
    }

    Inode.Directory root() {
        return root;
    }

    long takeNumber() {
        return nextNumber++;
    }

    /** Finds what must exist. */
    Inode find(String path, boolean followLast) throws ErrnoException {
        Inode inode = locate(path, followLast).inode();
        if (inode == null) {
            throw new ErrnoException(Errno.ENOENT);
        }
        return inode;
    }

    /**
     * Finds a path or the place for it. The directory it is in must exist.
     *
     * @throws ErrnoException ENOENT, ENOTDIR, ELOOP, ENAMETOOLONG
     */
    Location locate(String path, boolean followLast) throws ErrnoException {
        GuestPath.checkPath(path);
        Inode.Directory directory = root;
        String rest = path;
        int start = skipSlashes(rest, 0);
        int links = 0;
        Location found = new Location(root, "", root);
        while (start < rest.length()) {
            int slash = rest.indexOf('/', start);
            int end = slash < 0 ? rest.length() : slash;
            String name = rest.substring(start, end);
            int next = skipSlashes(rest, end);
            boolean last = next >= rest.length();
            found = step(directory, name);
            Inode inode = found.inode();
            if (inode instanceof Inode.Link link && (!last || followLast)) {
                if (++links > MAX_LINKS) {
                    throw new ErrnoException(Errno.ELOOP);
                }
                rest = last ? link.target : link.target + "/" + rest.substring(next);
                directory = link.target.startsWith("/") ? root : directory;
                found = new Location(directory, "", directory);
                start = skipSlashes(rest, 0);
                continue;
            }
            if (!last) {
                directory = asDirectory(inode);
            }
            start = next;
        }
        return found;
    }

    private static Location step(Inode.Directory directory, String name) throws ErrnoException {
        if (name.equals(".")) {
            return new Location(directory, "", directory);
        }
        if (name.equals("..")) {
            return new Location(directory.parent, "", directory.parent);
        }
        GuestPath.checkName(name);
        return new Location(directory, name, directory.children.get(name));
    }

    private static Inode.Directory asDirectory(@Nullable Inode inode) throws ErrnoException {
        if (inode == null) {
            throw new ErrnoException(Errno.ENOENT);
        }
        if (inode instanceof Inode.Directory directory) {
            return directory;
        }
        throw new ErrnoException(Errno.ENOTDIR);
    }

    private static int skipSlashes(String path, int from) {
        int at = from;
        while (at < path.length() && path.charAt(at) == '/') {
            at++;
        }
        return at;
    }

    /** Adds a new inode under a free name. */
    void add(Location where, Inode inode, long nowNanos) {
        where.parent().children.put(where.name(), inode);
        if (inode instanceof Inode.Directory) {
            where.parent().linkCount++;
        }
        where.parent().contentsChanged(nowNanos);
        quota.inodeCreated();
    }

    void addDirectory(Location where, int mode, long nowNanos) {
        add(
                where,
                new Inode.Directory(
                        takeNumber(), mode & DIRECTORY_MODE_BITS, nowNanos, where.parent()),
                nowNanos);
    }

    void addFile(Location where, SharedContents shared, int mode, long nowNanos)
            throws ErrnoException {
        FileContents contents = shared.newFile();
        if (!quota.tryAdopt(contents.allocatedBlocks())) {
            throw new ErrnoException(Errno.ENOSPC);
        }
        add(
                where,
                new Inode.Regular(takeNumber(), mode & MemoryState.MODE_BITS, nowNanos, contents),
                nowNanos);
    }

    /** Adds what a list names, in which a directory stands before what is in it. */
    void addAll(Iterable<NewFile> files, long nowNanos) throws ErrnoException {
        Inode.Directory directory = root;
        String path = "";
        for (NewFile file : files) {
            int slash = file.path().lastIndexOf('/');
            String parent = file.path().substring(0, slash);
            if (!parent.equals(path)) {
                directory = asDirectory(locate(parent, true).inode());
                path = parent;
            }
            String name = file.path().substring(slash + 1);
            GuestPath.checkName(name);
            Location where = new Location(directory, name, directory.children.get(name));
            SharedContents contents = file.contents();
            if (where.inode() == null && contents == null) {
                addDirectory(where, file.mode(), nowNanos);
            } else if (where.inode() == null && contents != null) {
                addFile(where, contents, file.mode(), nowNanos);
            } else if (contents != null || !(where.inode() instanceof Inode.Directory)) {
                throw new ErrnoException(Errno.EEXIST);
            }
        }
    }

    /** Takes a name away and lets go of the inode unless handles keep it. */
    void remove(Location where, Inode inode, long nowNanos) {
        where.parent().children.remove(where.name());
        where.parent().contentsChanged(nowNanos);
        inode.changeNanos = nowNanos;
        if (inode instanceof Inode.Directory) {
            where.parent().linkCount--;
            inode.linkCount = 0;
        } else {
            inode.linkCount--;
        }
        releaseIfUnused(inode);
    }

    /** Lets go of an inode that has neither a name nor a handle. */
    void releaseIfUnused(Inode inode) {
        if (inode.linkCount > 0) {
            return;
        }
        if (inode instanceof Inode.Regular regular) {
            if (regular.openCount > 0) {
                return;
            }
            regular.contents.release(quota);
        }
        quota.inodeReleased();
    }

    /** Renames after every check of {@code rename(2)}. */
    void rename(Location from, Location to, long nowNanos) throws ErrnoException {
        if (from.name().isEmpty() || to.name().isEmpty()) {
            throw new ErrnoException(Errno.EBUSY);
        }
        Inode moved = from.inode();
        if (moved == null) {
            throw new ErrnoException(Errno.ENOENT);
        }
        Inode replaced = to.inode();
        if (moved instanceof Inode.Directory directory && to.parent().isInside(directory)) {
            throw new ErrnoException(Errno.EINVAL);
        }
        if (replaced instanceof Inode.Directory directory && from.parent().isInside(directory)) {
            throw new ErrnoException(Errno.ENOTEMPTY);
        }
        if (moved == replaced) {
            return;
        }
        if (replaced != null) {
            checkReplacement(moved, replaced);
            remove(to, replaced, nowNanos);
        }
        from.parent().children.remove(from.name());
        to.parent().children.put(to.name(), moved);
        if (moved instanceof Inode.Directory directory) {
            from.parent().linkCount--;
            to.parent().linkCount++;
            directory.parent = to.parent();
        }
        from.parent().contentsChanged(nowNanos);
        to.parent().contentsChanged(nowNanos);
        moved.changeNanos = nowNanos;
    }

    private static void checkReplacement(Inode moved, Inode replaced) throws ErrnoException {
        if (moved instanceof Inode.Directory) {
            if (!(replaced instanceof Inode.Directory directory)) {
                throw new ErrnoException(Errno.ENOTDIR);
            }
            if (!directory.children.isEmpty()) {
                throw new ErrnoException(Errno.ENOTEMPTY);
            }
        } else if (replaced instanceof Inode.Directory) {
            throw new ErrnoException(Errno.EISDIR);
        }
    }
}
