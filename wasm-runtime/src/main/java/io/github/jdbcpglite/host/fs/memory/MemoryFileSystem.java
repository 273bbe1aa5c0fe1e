package io.github.jdbcpglite.host.fs.memory;

import io.github.jdbcpglite.engine.budget.MemoryBudget;
import io.github.jdbcpglite.host.fs.DirectoryEntry;
import io.github.jdbcpglite.host.fs.Errno;
import io.github.jdbcpglite.host.fs.ErrnoException;
import io.github.jdbcpglite.host.fs.FileHandle;
import io.github.jdbcpglite.host.fs.FileStatus;
import io.github.jdbcpglite.host.fs.FileSystem;
import io.github.jdbcpglite.host.fs.FileSystemStatus;
import io.github.jdbcpglite.host.fs.GuestPath;
import io.github.jdbcpglite.host.fs.OpenFlags;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A file system in the heap, the storage of a cluster that leaves nothing behind.
 *
 * <p>Contents are kept in blocks that {@link #copy} shares copy-on-write, which is how databases
 * are cloned. All of POSIX that PostgreSQL uses holds: names removed while open, sparse files,
 * atomic renames over existing files, symbolic links. Everything runs as uid 0, so permission bits
 * are kept but refuse nothing. Reading does not change access times, as under {@code noatime}.
 *
 * <p>One lock guards names, attributes and contents; it is held for the length of one operation, a
 * copy of at most the caller's buffer, and no foreign code runs under it but the clock, a {@link
 * ContentSource} and what {@link #amend} was given. {@link #copy} locks the original for its whole
 * length and the copy not at all, as nobody else can have it yet, so no two locks are ever held at
 * once.
 */
public final class MemoryFileSystem implements FileSystem {
    private final MemoryState state;
    private final SpaceQuota quota;
    private final FileTree tree;

    MemoryFileSystem(MemoryState state) {
        this.state = state;
        this.quota = state.quota;
        this.tree = state.tree;
    }

    /** Returns a builder of an empty file system without a limit, on the system's clock. */
    public static MemoryFileSystemBuilder builder() {
        return new MemoryFileSystemBuilder();
    }

    /** Returns an empty file system without a limit, on the system's clock. */
    public static MemoryFileSystem create() {
        return builder().build();
    }

    /**
     * Makes an independent file system with the same files. The contents are shared until either
     * side writes them, block by block; the cost grows with the number of files only. Handles stay
     * with the original, files that have no name are left out, and devices are the same objects
     * until {@link #addDevice} replaces them.
     */
    public MemoryFileSystem copy() throws ErrnoException {
        return copy(state.essential, null);
    }

    /**
     * As {@link #copy()}, for a cluster that answers for the memory its files take. What the copy
     * shares is not counted.
     *
     * @param budget is asked for each block, and answers ENOSPC
     * @param essential which paths get what they need without being asked for, because PostgreSQL
     *     ends the cluster when it cannot write them
     */
    public MemoryFileSystem copy(MemoryBudget budget, Predicate<String> essential)
            throws ErrnoException {
        return copy(essential, budget);
    }

    private MemoryFileSystem copy(Predicate<String> essential, @Nullable MemoryBudget budget)
            throws ErrnoException {
        state.enter();
        try {
            SpaceQuota copyQuota = quota.fresh(budget);
            return new MemoryFileSystem(
                    new MemoryState(state.clock, essential, copyQuota, tree.copy(copyQuota)));
        } finally {
            state.leave();
        }
    }

    /**
     * Adds a directory and the directories it is in, unless they exist.
     *
     * @throws ErrnoException ENOTDIR if a file is in the way
     */
    public void addDirectory(String path, int mode) throws ErrnoException {
        state.enter();
        try {
            if (path.equals("/")) {
                return;
            }
            addDirectory(GuestPath.parent(path), mode);
            FileTree.Location where = tree.locate(path, true);
            if (where.inode() == null) {
                tree.addDirectory(where, mode, state.now());
            } else if (!(where.inode() instanceof Inode.Directory)) {
                throw new ErrnoException(Errno.ENOTDIR);
            }
        } finally {
            state.leave();
        }
    }

    /**
     * Adds a file with contents that nobody modifies afterwards. They are not copied until read.
     *
     * @throws ErrnoException EEXIST, ENOENT, ENOTDIR, ENOSPC
     */
    public void addFile(String path, byte[] contents, int mode) throws ErrnoException {
        addFile(path, contents.length, () -> contents, mode);
    }

    /**
     * Adds a file whose contents are read when they are first needed.
     *
     * @param size of the contents in bytes
     * @throws ErrnoException EEXIST, ENOENT, ENOTDIR, ENOSPC, EFBIG
     */
    public void addFile(String path, long size, ContentSource source, int mode)
            throws ErrnoException {
        if (size < 0 || size > Integer.MAX_VALUE) {
            throw new ErrnoException(Errno.EFBIG);
        }
        addFile(path, new SharedContents(size, source), mode);
    }

    /**
     * Adds a file that shares its contents with others, of other file systems too.
     *
     * @throws ErrnoException EEXIST, ENOENT, ENOTDIR, ENOSPC
     */
    public void addFile(String path, SharedContents shared, int mode) throws ErrnoException {
        state.enter();
        try {
            tree.addFile(vacant(path), shared, mode, state.now());
        } finally {
            state.leave();
        }
    }

    /**
     * Adds files and directories, at one time of the clock. The directory that something is in must
     * exist or stand before it. Looks up each directory once if what is in it stands together.
     *
     * @throws ErrnoException EEXIST unless both are directories, ENOENT, ENOTDIR, ENOSPC; what
     *     stands before the one that failed has been added
     */
    public void addAll(Iterable<NewFile> files) throws ErrnoException {
        state.enter();
        try {
            tree.addAll(files, state.now());
        } finally {
            state.leave();
        }
    }

    /**
     * Changes the beginning of a file: at once if its contents have been read, else when somebody
     * needs them.
     *
     * @param change gets the first block, 8 KiB or less, and returns one of the same length; it may
     *     change the array it is given
     * @throws ErrnoException ENOENT, EISDIR, or EIO if the contents cannot be read
     */
    public void amend(String path, UnaryOperator<byte[]> change) throws ErrnoException {
        state.enter();
        try {
            if (!(tree.find(path, true) instanceof Inode.Regular regular)) {
                throw new ErrnoException(Errno.EISDIR);
            }
            regular.contents.amend(change, quota);
        } finally {
            state.leave();
        }
    }

    /**
     * Adds a device node, or replaces the one that is there; handles already open keep theirs.
     *
     * @throws ErrnoException EEXIST if there is a file that is no device, ENOENT, ENOTDIR
     */
    public void addDevice(String path, Device device, int mode) throws ErrnoException {
        state.enter();
        try {
            FileTree.Location where = tree.locate(path, false);
            long now = state.now();
            if (where.inode() instanceof Inode.DeviceNode present) {
                tree.remove(where, present, now);
            } else if (where.inode() != null) {
                throw new ErrnoException(Errno.EEXIST);
            }
            tree.add(
                    where,
                    new Inode.DeviceNode(
                            tree.takeNumber(), mode & MemoryState.MODE_BITS, now, device),
                    now);
        } finally {
            state.leave();
        }
    }

    /** Returns the bytes of all blocks, those shared with copies included. */
    public long usedBytes() throws ErrnoException {
        state.enter();
        try {
            return quota.usedBytes();
        } finally {
            state.leave();
        }
    }

    /**
     * Returns the bytes of the blocks that belong to this file system alone: written since it was
     * made or copied. Files without a name are left out. The cost grows with the number of files.
     */
    public long privateBytes() throws ErrnoException {
        state.enter();
        try {
            return tree.root().privateBlocks() * FileContents.BLOCK_SIZE;
        } finally {
            state.leave();
        }
    }

    @Override
    public FileHandle open(String path, int flags, int mode) throws ErrnoException {
        boolean create = (flags & OpenFlags.CREATE) != 0;
        boolean exclusive = create && (flags & OpenFlags.EXCLUSIVE) != 0;
        OpenFlags.check(flags);
        state.enter();
        try {
            boolean follow = !exclusive && (flags & OpenFlags.NO_FOLLOW) == 0;
            FileTree.Location where = tree.locate(path, follow);
            Inode inode = where.inode();
            if (inode == null) {
                if (!create) {
                    throw new ErrnoException(Errno.ENOENT);
                }
                long now = state.now();
                Inode.Regular created =
                        new Inode.Regular(
                                tree.takeNumber(),
                                mode & MemoryState.MODE_BITS,
                                now,
                                new FileContents());
                tree.add(where, created, now);
                return openRegular(created, flags, path);
            }
            OpenFlags.checkExisting(flags, inode.type());
            if (inode instanceof Inode.Regular regular) {
                if ((flags & OpenFlags.TRUNCATE) != 0) {
                    regular.contents.truncate(0, quota);
                    regular.contentsChanged(state.now());
                }
                return openRegular(regular, flags, path);
            }
            return inode instanceof Inode.DeviceNode device
                    ? new DeviceFileHandle(state, device, flags)
                    : new MemoryFileHandle(state, inode, flags, false);
        } finally {
            state.leave();
        }
    }

    private FileHandle openRegular(Inode.Regular regular, int flags, String path) {
        regular.openCount++;
        return new MemoryFileHandle(state, regular, flags, state.essential.test(path));
    }

    @Override
    public FileStatus stat(String path, boolean followLinks) throws ErrnoException {
        state.enter();
        try {
            return tree.find(path, followLinks).status();
        } finally {
            state.leave();
        }
    }

    /** Lists a directory in the order its entries were made. */
    @Override
    public List<DirectoryEntry> list(String path) throws ErrnoException {
        state.enter();
        try {
            if (!(tree.find(path, true) instanceof Inode.Directory directory)) {
                throw new ErrnoException(Errno.ENOTDIR);
            }
            List<DirectoryEntry> entries = new ArrayList<>(directory.children.size());
            for (Map.Entry<String, Inode> entry : directory.children.entrySet()) {
                Inode inode = entry.getValue();
                entries.add(new DirectoryEntry(entry.getKey(), inode.number(), inode.type()));
            }
            return entries;
        } finally {
            state.leave();
        }
    }

    @Override
    public void makeDirectory(String path, int mode) throws ErrnoException {
        state.enter();
        try {
            tree.addDirectory(vacant(path), mode, state.now());
        } finally {
            state.leave();
        }
    }

    private FileTree.Location vacant(String path) throws ErrnoException {
        FileTree.Location where = tree.locate(path, false);
        if (where.inode() != null) {
            throw new ErrnoException(Errno.EEXIST);
        }
        return where;
    }

    @Override
    public void removeDirectory(String path) throws ErrnoException {
        state.enter();
        try {
            FileTree.Location where = tree.locate(path, false);
            if (where.inode() == null) {
                throw new ErrnoException(Errno.ENOENT);
            }
            if (!(where.inode() instanceof Inode.Directory directory)) {
                throw new ErrnoException(Errno.ENOTDIR);
            }
            if (directory == tree.root()) {
                throw new ErrnoException(Errno.EBUSY);
            }
            if (!directory.children.isEmpty()) {
                throw new ErrnoException(Errno.ENOTEMPTY);
            }
            tree.remove(where, directory, state.now());
        } finally {
            state.leave();
        }
    }

    @Override
    public void unlink(String path) throws ErrnoException {
        state.enter();
        try {
            FileTree.Location where = tree.locate(path, false);
            Inode inode = where.inode();
            if (inode == null) {
                throw new ErrnoException(Errno.ENOENT);
            }
            if (inode instanceof Inode.Directory) {
                throw new ErrnoException(Errno.EISDIR);
            }
            tree.remove(where, inode, state.now());
        } finally {
            state.leave();
        }
    }

    @Override
    public void rename(String from, String to) throws ErrnoException {
        state.enter();
        try {
            FileTree.Location source = tree.locate(from, false);
            tree.rename(source, tree.locate(to, false), state.now());
        } finally {
            state.leave();
        }
    }

    @Override
    public void symbolicLink(String target, String path) throws ErrnoException {
        GuestPath.checkTarget(target);
        state.enter();
        try {
            FileTree.Location where = vacant(path);
            long now = state.now();
            tree.add(where, new Inode.Link(tree.takeNumber(), now, target), now);
        } finally {
            state.leave();
        }
    }

    @Override
    public String readLink(String path) throws ErrnoException {
        state.enter();
        try {
            if (tree.find(path, false) instanceof Inode.Link link) {
                return link.target;
            }
            throw new ErrnoException(Errno.EINVAL);
        } finally {
            state.leave();
        }
    }

    @Override
    public void setMode(String path, int mode) throws ErrnoException {
        state.enter();
        try {
            state.setMode(tree.find(path, true), mode);
        } finally {
            state.leave();
        }
    }

    @Override
    public void setTimes(String path, long accessNanos, long modifyNanos, boolean followLinks)
            throws ErrnoException {
        state.enter();
        try {
            Inode inode = tree.find(path, followLinks);
            inode.accessNanos = accessNanos;
            inode.modifyNanos = modifyNanos;
            inode.changeNanos = state.now();
        } finally {
            state.leave();
        }
    }

    @Override
    public FileSystemStatus status() throws ErrnoException {
        state.enter();
        try {
            return quota.status();
        } finally {
            state.leave();
        }
    }

    @Override
    public void close() {
        state.close();
    }

    /** Returns whether it is closed. */
    public boolean isClosed() {
        return state.isClosed();
    }

    /** Returns the array that holds a block of a file now, for tests of sharing. */
    byte @Nullable [] blockOf(String path, int index) throws ErrnoException {
        state.enter();
        try {
            return tree.find(path, true) instanceof Inode.Regular regular
                    ? regular.contents.block(index)
                    : null;
        } finally {
            state.leave();
        }
    }
}
