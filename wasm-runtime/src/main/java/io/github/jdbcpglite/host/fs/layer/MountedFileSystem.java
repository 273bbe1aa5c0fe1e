package io.github.jdbcpglite.host.fs.layer;

import io.github.jdbcpglite.host.fs.DirectoryEntry;
import io.github.jdbcpglite.host.fs.Errno;
import io.github.jdbcpglite.host.fs.ErrnoException;
import io.github.jdbcpglite.host.fs.FileHandle;
import io.github.jdbcpglite.host.fs.FileStatus;
import io.github.jdbcpglite.host.fs.FileSystem;
import io.github.jdbcpglite.host.fs.FileSystemStatus;
import io.github.jdbcpglite.host.fs.FileType;
import io.github.jdbcpglite.host.fs.GuestPath;
import io.github.jdbcpglite.host.fs.LinkResolver;
import io.github.jdbcpglite.host.fs.OpenFlags;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Several file systems as one tree: a root and others mounted on directories of it, such as a
 * directory of the host at {@code /pglite/data} of a file system in memory.
 *
 * <p>A rename across mounts fails with EXDEV; a mount point cannot be renamed or removed (EBUSY).
 * Links are followed here, so they may lead from one mount to another as far as the mounted system
 * can hold the target: one in a mount below the root holds relative targets, and absolute ones into
 * the same mount; others fail with EPERM. Inode numbers are those of the mounted systems and unique
 * within each.
 *
 * <p>Safe for use by several threads as far as the mounted systems are, with no lock of its own.
 * The mounted systems must not be changed behind its back: directories already found are
 * remembered.
 */
public final class MountedFileSystem implements FileSystem {
    /** Longest prefix first, the root last. */
    private final List<Mount> mounts;

    private final LinkResolver resolver = new LinkResolver(new MountLookup());

    /** A file system and where it is, the empty prefix being the root's. */
    private record Mount(String prefix, FileSystem fileSystem) {
        boolean holds(String path) {
            return prefix.isEmpty() || GuestPath.isWithin(path, prefix);
        }

        String inside(String path) {
            String inside = path.substring(prefix.length());
            return inside.isEmpty() ? "/" : inside;
        }
    }

    private MountedFileSystem(List<Mount> mounts) {
        this.mounts = List.copyOf(mounts);
    }

    /**
     * Returns a builder.
     *
     * @param root what holds all that no mount does
     */
    public static Builder builder(FileSystem root) {
        return new Builder(root);
    }

    @Override
    public FileHandle open(String path, int flags, int mode) throws ErrnoException {
        OpenFlags.check(flags);
        boolean exclusive = (flags & OpenFlags.CREATE) != 0 && (flags & OpenFlags.EXCLUSIVE) != 0;
        boolean follow = !exclusive && (flags & OpenFlags.NO_FOLLOW) == 0;
        String resolved = resolver.resolve(path, follow);
        Mount mount = mountOf(resolved);
        return mount.fileSystem().open(mount.inside(resolved), flags, mode);
    }

    @Override
    public FileStatus stat(String path, boolean followLinks) throws ErrnoException {
        return statResolved(resolver.resolve(path, followLinks));
    }

    private FileStatus statResolved(String resolved) throws ErrnoException {
        Mount mount = mountOf(resolved);
        FileStatus status = mount.fileSystem().stat(mount.inside(resolved), false);
        if (status.type() != FileType.SYMBOLIC_LINK || mount.prefix().isEmpty()) {
            return status;
        }
        return new FileStatus(
                status.inode(),
                status.type(),
                status.mode(),
                status.linkCount(),
                GuestPath.utf8Length(target(resolved)),
                status.accessNanos(),
                status.modifyNanos(),
                status.changeNanos());
    }

    @Override
    public List<DirectoryEntry> list(String path) throws ErrnoException {
        String resolved = resolver.resolve(path, true);
        Mount mount = mountOf(resolved);
        return mount.fileSystem().list(mount.inside(resolved));
    }

    @Override
    public void makeDirectory(String path, int mode) throws ErrnoException {
        String resolved = resolver.resolve(path, false);
        Mount mount = mountOf(resolved);
        mount.fileSystem().makeDirectory(mount.inside(resolved), mode);
    }

    @Override
    public void removeDirectory(String path) throws ErrnoException {
        String resolved = resolver.resolve(path, false);
        if (holdsMount(resolved)) {
            throw new ErrnoException(Errno.EBUSY);
        }
        Mount mount = mountOf(resolved);
        mount.fileSystem().removeDirectory(mount.inside(resolved));
        resolver.forget();
    }

    @Override
    public void unlink(String path) throws ErrnoException {
        String resolved = resolver.resolve(path, false);
        Mount mount = mountOf(resolved);
        mount.fileSystem().unlink(mount.inside(resolved));
    }

    @Override
    public void rename(String from, String to) throws ErrnoException {
        String source = resolver.resolve(from, false);
        String target = resolver.resolve(to, false);
        Mount mount = mountOf(source);
        if (source.equals("/") || target.equals("/")) {
            throw new ErrnoException(Errno.EBUSY);
        }
        if (!mountOf(target).prefix().equals(mount.prefix())) {
            throw new ErrnoException(Errno.EXDEV);
        }
        if (holdsMount(source) || holdsMount(target)) {
            throw new ErrnoException(Errno.EBUSY);
        }
        mount.fileSystem().rename(mount.inside(source), mount.inside(target));
        resolver.forget();
    }

    @Override
    public void symbolicLink(String target, String path) throws ErrnoException {
        GuestPath.checkTarget(target);
        String resolved = resolver.resolve(path, false);
        Mount mount = mountOf(resolved);
        String stored = target;
        if (target.startsWith("/") && !mount.prefix().isEmpty()) {
            if (!GuestPath.isWithin(target, mount.prefix())) {
                throw new ErrnoException(Errno.EPERM);
            }
            stored = mount.inside(target);
        }
        mount.fileSystem().symbolicLink(stored, mount.inside(resolved));
    }

    @Override
    public String readLink(String path) throws ErrnoException {
        return target(resolver.resolve(path, false));
    }

    @Override
    public void setMode(String path, int mode) throws ErrnoException {
        String resolved = resolver.resolve(path, true);
        Mount mount = mountOf(resolved);
        mount.fileSystem().setMode(mount.inside(resolved), mode);
    }

    @Override
    public void setTimes(String path, long accessNanos, long modifyNanos, boolean followLinks)
            throws ErrnoException {
        String resolved = resolver.resolve(path, followLinks);
        Mount mount = mountOf(resolved);
        mount.fileSystem().setTimes(mount.inside(resolved), accessNanos, modifyNanos, false);
    }

    /** Describes the capacity of the root. */
    @Override
    public FileSystemStatus status() throws ErrnoException {
        return mounts.get(mounts.size() - 1).fileSystem().status();
    }

    /**
     * Describes the capacity of the file system that holds a path, as {@code statfs(2)}.
     *
     * @throws ErrnoException ENOENT, ENOTDIR, ELOOP
     */
    public FileSystemStatus status(String path) throws ErrnoException {
        String resolved = resolver.resolve(path, true);
        statResolved(resolved);
        return mountOf(resolved).fileSystem().status();
    }

    /** Closes all file systems, the root last; throws the first failure after all were tried. */
    @Override
    public void close() throws ErrnoException {
        ErrnoException failure = null;
        for (Mount mount : mounts) {
            try {
                mount.fileSystem().close();
            } catch (ErrnoException e) {
                failure = failure == null ? e : failure;
            }
        }
        if (failure != null) {
            throw failure;
        }
    }

    private Mount mountOf(String path) {
        int last = mounts.size() - 1;
        for (int i = 0; i < last; i++) {
            Mount mount = mounts.get(i);
            if (mount.holds(path)) {
                return mount;
            }
        }
        return mounts.get(last);
    }

    /** Returns whether a path is a mount point or holds one. */
    private boolean holdsMount(String path) {
        for (Mount mount : mounts) {
            if (!mount.prefix().isEmpty() && GuestPath.isWithin(mount.prefix(), path)) {
                return true;
            }
        }
        return false;
    }

    private String target(String resolved) throws ErrnoException {
        Mount mount = mountOf(resolved);
        String stored = mount.fileSystem().readLink(mount.inside(resolved));
        if (!stored.startsWith("/") || mount.prefix().isEmpty()) {
            return stored;
        }
        return stored.equals("/") ? mount.prefix() : mount.prefix() + stored;
    }

    /** Looks at the mounted systems for the resolver. */
    private final class MountLookup implements LinkResolver.Lookup {
        @Override
        public @Nullable FileType type(String path) throws ErrnoException {
            try {
                Mount mount = mountOf(path);
                return mount.fileSystem().stat(mount.inside(path), false).type();
            } catch (ErrnoException e) {
                if (e.errno() == Errno.ENOENT) {
                    return null;
                }
                throw e;
            }
        }

        @Override
        public String target(String path) throws ErrnoException {
            return MountedFileSystem.this.target(path);
        }

        @Override
        public boolean isConfined() {
            return false;
        }
    }

    /** Sets up a {@link MountedFileSystem}. Not safe for use by several threads. */
    public static final class Builder {
        private static final int MOUNT_POINT_MODE = 0755;

        private final List<Mount> mounts = new ArrayList<>();

        private Builder(FileSystem root) {
            mounts.add(new Mount("", root));
        }

        /**
         * Mounts a file system. Directories on the way to it are made in what is mounted so far,
         * and must not be links.
         *
         * @param path absolute clean path, neither the root nor a mount point
         * @throws ErrnoException ENOTDIR if something else is there, EBUSY if a mount point is
         */
        public Builder mount(String path, FileSystem fileSystem) throws ErrnoException {
            if (!GuestPath.isClean(path) || path.equals("/")) {
                throw new IllegalArgumentException(
                        "A mount point is an absolute clean path below the root: " + path);
            }
            for (Mount mount : mounts) {
                if (mount.prefix().equals(path)) {
                    throw new ErrnoException(Errno.EBUSY);
                }
            }
            makeDirectories(path);
            mounts.add(new Mount(path, fileSystem));
            mounts.sort(
                    Comparator.comparingInt((Mount mount) -> mount.prefix().length()).reversed());
            return this;
        }

        private void makeDirectories(String path) throws ErrnoException {
            MountedFileSystem soFar = new MountedFileSystem(mounts);
            int end = 0;
            while (end < path.length()) {
                int slash = path.indexOf('/', end + 1);
                end = slash < 0 ? path.length() : slash;
                String directory = path.substring(0, end);
                try {
                    soFar.makeDirectory(directory, MOUNT_POINT_MODE);
                } catch (ErrnoException e) {
                    if (e.errno() != Errno.EEXIST) {
                        throw e;
                    }
                    if (soFar.stat(directory, false).type() != FileType.DIRECTORY) {
                        throw new ErrnoException(Errno.ENOTDIR);
                    }
                }
            }
        }

        /** Returns the tree, which owns the file systems from now on. */
        public MountedFileSystem build() {
            return new MountedFileSystem(mounts);
        }
    }
}
