package io.github.jdbcpglite.host.fs.directory;

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
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A directory of the host as a file system, the storage of a cluster that lasts.
 *
 * <p>Contents are real files, {@code sync} is a real {@code fsync}, and on a directory too where
 * the host allows it (not on Windows, whose file systems keep their own journal of names).
 *
 * <p>Nothing outside the directory is ever reached: links are followed here and not by the host,
 * and one that leads outside fails with EPERM, as does making one. An absolute target starts at
 * this file system's root; on disk it is stored with the directory's own path before it, so that
 * other programs follow it too. This holds against the guest; another program of the host that
 * exchanges directories for links meanwhile is not guarded against, as the directory is this
 * process's own.
 *
 * <p>All handles on a file share one channel, so descriptors of the host are bounded by the number
 * of distinct files open, and that by a limit: EMFILE past it, upon which PostgreSQL closes some.
 *
 * <p><b>A thread that uses a file must not be interrupted.</b> {@link FileChannel} closes itself
 * then, under all handles, and every later use fails with EIO. Backend threads never are.
 *
 * <p>One lock guards names, attributes and the table of open files. Reads, writes and syncs do not
 * take it. A node's monitor may be taken inside it, never the other way round.
 */
public final class HostFileSystem implements FileSystem {
    /** Distinct files open at once unless told otherwise. */
    public static final int DEFAULT_MAX_OPEN_FILES = 4096;

    private static final int BLOCK_SIZE = 4096;
    private static final int DIRECTORY_MODE_BITS = 01777;

    private final ReentrantLock lock = new ReentrantLock();
    private final HostPaths paths;
    private final HostAttributes attributes;
    private final HostNodes nodes;
    private final LinkResolver resolver;
    private volatile boolean closed;

    private HostFileSystem(Path root, int maxOpenFiles, Set<String> hidden) {
        this.attributes = new HostAttributes(root);
        this.paths = new HostPaths(root, attributes, hidden);
        this.nodes = new HostNodes(this, maxOpenFiles);
        this.resolver = new LinkResolver(paths);
    }

    /**
     * Makes a file system of an existing directory.
     *
     * @param directory its root
     * @throws IOException if it does not exist or is no directory
     */
    public static HostFileSystem open(Path directory) throws IOException {
        return open(directory, DEFAULT_MAX_OPEN_FILES);
    }

    /**
     * Makes a file system of an existing directory.
     *
     * @param directory its root
     * @param maxOpenFiles distinct files open at once, at least 1
     * @throws IOException if it does not exist or is no directory
     */
    public static HostFileSystem open(Path directory, int maxOpenFiles) throws IOException {
        return open(directory, maxOpenFiles, Set.of());
    }

    /**
     * Makes a file system of an existing directory, some of whose entries do not exist for the
     * guest.
     *
     * @param directory its root
     * @param maxOpenFiles distinct files open at once, at least 1
     * @param hidden names in the root, in any case of letters
     * @throws IOException if it does not exist or is no directory
     */
    public static HostFileSystem open(Path directory, int maxOpenFiles, Set<String> hidden)
            throws IOException {
        if (maxOpenFiles < 1) {
            throw new IllegalArgumentException("maxOpenFiles is below 1: " + maxOpenFiles);
        }
        Path root = directory.toRealPath();
        if (!Files.isDirectory(root)) {
            throw new NotDirectoryException(directory.toString());
        }
        return new HostFileSystem(root, maxOpenFiles, Set.copyOf(hidden));
    }

    @Override
    public FileHandle open(String path, int flags, int mode) throws ErrnoException {
        OpenFlags.check(flags);
        boolean create = (flags & OpenFlags.CREATE) != 0;
        boolean exclusive = create && (flags & OpenFlags.EXCLUSIVE) != 0;
        boolean follow = !exclusive && (flags & OpenFlags.NO_FOLLOW) == 0;
        enter();
        try {
            String resolved = resolver.resolve(path, follow);
            FileType type = paths.type(resolved);
            if (type == null) {
                if (!create) {
                    throw new ErrnoException(Errno.ENOENT);
                }
                return handle(nodes.create(resolved, mode), flags);
            }
            OpenFlags.checkExisting(flags, type);
            if (type != FileType.REGULAR && type != FileType.DIRECTORY) {
                throw new ErrnoException(Errno.ENXIO);
            }
            HostFileHandle handle = handle(nodes.open(resolved, type, flags), flags);
            if ((flags & OpenFlags.TRUNCATE) != 0) {
                truncate(handle);
            }
            return handle;
        } finally {
            lock.unlock();
        }
    }

    private HostFileHandle handle(HostNode node, int flags) {
        node.handles++;
        return new HostFileHandle(this, node, flags);
    }

    private static void truncate(HostFileHandle handle) throws ErrnoException {
        try {
            handle.truncate(0);
        } catch (ErrnoException e) {
            handle.close();
            throw e;
        }
    }

    @Override
    public FileStatus stat(String path, boolean followLinks) throws ErrnoException {
        enter();
        try {
            return paths.status(resolver.resolve(path, followLinks));
        } finally {
            lock.unlock();
        }
    }

    /** Lists a directory in the order of its names. */
    @Override
    public List<DirectoryEntry> list(String path) throws ErrnoException {
        enter();
        try {
            String resolved = resolver.resolve(path, true);
            requireType(resolved, FileType.DIRECTORY, Errno.ENOTDIR);
            List<DirectoryEntry> entries = new ArrayList<>();
            try (DirectoryStream<Path> children = Files.newDirectoryStream(paths.host(resolved))) {
                for (Path child : children) {
                    String name = child.getFileName().toString();
                    if (!resolved.equals("/") || !paths.isHiddenName(name)) {
                        addEntry(entries, child);
                    }
                }
            }
            entries.sort(Comparator.comparing(DirectoryEntry::name));
            return entries;
        } catch (IOException e) {
            throw HostErrors.translate(e, "list " + path);
        } finally {
            lock.unlock();
        }
    }

    private void addEntry(List<DirectoryEntry> entries, Path child) throws IOException {
        try {
            FileStatus status = attributes.read(child);
            String name = child.getFileName().toString();
            entries.add(new DirectoryEntry(name, status.inode(), status.type()));
        } catch (NoSuchFileException e) {
            // Removed by another program since it was listed, which is as if it never was there.
        }
    }

    @Override
    public void makeDirectory(String path, int mode) throws ErrnoException {
        enter();
        try {
            String resolved = vacant(path);
            int kept = mode & DIRECTORY_MODE_BITS;
            Path directory = paths.host(resolved);
            Files.createDirectory(directory, attributes.creating(kept));
            attributes.setMode(directory, kept);
        } catch (IOException e) {
            throw HostErrors.translate(e, "make directory " + path);
        } finally {
            lock.unlock();
        }
    }

    private String vacant(String path) throws ErrnoException {
        String resolved = resolver.resolve(path, false);
        if (paths.type(resolved) != null) {
            throw new ErrnoException(Errno.EEXIST);
        }
        return resolved;
    }

    @Override
    public void removeDirectory(String path) throws ErrnoException {
        enter();
        try {
            String resolved = resolver.resolve(path, false);
            requireType(resolved, FileType.DIRECTORY, Errno.ENOTDIR);
            if (resolved.equals("/")) {
                throw new ErrnoException(Errno.EBUSY);
            }
            delete(resolved);
            resolver.forget();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void unlink(String path) throws ErrnoException {
        enter();
        try {
            String resolved = resolver.resolve(path, false);
            FileType type = paths.type(resolved);
            if (type == null) {
                throw new ErrnoException(Errno.ENOENT);
            }
            if (type == FileType.DIRECTORY) {
                throw new ErrnoException(Errno.EISDIR);
            }
            delete(resolved);
        } finally {
            lock.unlock();
        }
    }

    private void delete(String resolved) throws ErrnoException {
        Runnable orphaning = nodes.prepareOrphan(resolved);
        try {
            Files.delete(paths.host(resolved));
        } catch (IOException e) {
            throw HostErrors.translate(e, "remove " + resolved);
        }
        orphaning.run();
    }

    private void requireType(String resolved, FileType wanted, Errno otherwise)
            throws ErrnoException {
        FileType type = paths.type(resolved);
        if (type != wanted) {
            throw new ErrnoException(type == null ? Errno.ENOENT : otherwise);
        }
    }

    @Override
    public void rename(String from, String to) throws ErrnoException {
        enter();
        try {
            String source = resolver.resolve(from, false);
            String target = resolver.resolve(to, false);
            if (source.equals("/") || target.equals("/")) {
                throw new ErrnoException(Errno.EBUSY);
            }
            FileType moved = paths.type(source);
            if (moved == null) {
                throw new ErrnoException(Errno.ENOENT);
            }
            if (source.equals(target)) {
                return;
            }
            checkRename(source, moved, target);
            Runnable orphaning = nodes.prepareOrphan(target);
            Files.move(
                    paths.host(source),
                    paths.host(target),
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
            orphaning.run();
            nodes.renamed(source, target);
            if (moved == FileType.DIRECTORY) {
                resolver.forget();
            }
        } catch (IOException e) {
            throw HostErrors.translate(e, "rename " + from + " to " + to);
        } finally {
            lock.unlock();
        }
    }

    /** Finds what {@code java.nio.file} would report without telling what it was. */
    private void checkRename(String source, FileType moved, String target)
            throws ErrnoException, IOException {
        boolean directory = moved == FileType.DIRECTORY;
        FileType replaced = paths.type(target);
        if (directory && GuestPath.isWithin(GuestPath.parent(target), source)) {
            throw new ErrnoException(Errno.EINVAL);
        }
        if (replaced == FileType.DIRECTORY
                && GuestPath.isWithin(GuestPath.parent(source), target)) {
            throw new ErrnoException(Errno.ENOTEMPTY);
        }
        if (replaced == null) {
            return;
        }
        if (directory && replaced != FileType.DIRECTORY) {
            throw new ErrnoException(Errno.ENOTDIR);
        }
        if (!directory && replaced == FileType.DIRECTORY) {
            throw new ErrnoException(Errno.EISDIR);
        }
        if (directory) {
            try (DirectoryStream<Path> children = Files.newDirectoryStream(paths.host(target))) {
                if (children.iterator().hasNext()) {
                    throw new ErrnoException(Errno.ENOTEMPTY);
                }
            }
        }
    }

    @Override
    public void symbolicLink(String target, String path) throws ErrnoException {
        GuestPath.checkTarget(target);
        enter();
        try {
            String resolved = vacant(path);
            Path stored = paths.storedTarget(target, resolved);
            Files.createSymbolicLink(paths.host(resolved), stored);
        } catch (UnsupportedOperationException e) {
            throw new ErrnoException(Errno.EPERM);
        } catch (IOException e) {
            throw HostErrors.translate(e, "make link " + path);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public String readLink(String path) throws ErrnoException {
        enter();
        try {
            String resolved = resolver.resolve(path, false);
            requireType(resolved, FileType.SYMBOLIC_LINK, Errno.EINVAL);
            return paths.readLink(resolved);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void setMode(String path, int mode) throws ErrnoException {
        enter();
        try {
            attributes.setMode(paths.host(resolver.resolve(path, true)), mode);
        } catch (IOException e) {
            throw HostErrors.translate(e, "set the mode of " + path);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void setTimes(String path, long accessNanos, long modifyNanos, boolean followLinks)
            throws ErrnoException {
        enter();
        try {
            Path file = paths.host(resolver.resolve(path, followLinks));
            attributes.setTimes(file, accessNanos, modifyNanos);
        } catch (IOException e) {
            throw HostErrors.translate(e, "set the times of " + path);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public FileSystemStatus status() throws ErrnoException {
        enter();
        try {
            FileStore store = Files.getFileStore(paths.host("/"));
            // Java does not tell of inodes; the number of blocks is the usual upper bound.
            long total = store.getTotalSpace() / BLOCK_SIZE;
            long free = store.getUsableSpace() / BLOCK_SIZE;
            return new FileSystemStatus(BLOCK_SIZE, total, free, total, free);
        } catch (IOException e) {
            throw HostErrors.translate(e, "get the capacity of a file system");
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() throws ErrnoException {
        lock.lock();
        try {
            closed = true;
            nodes.closeAll();
        } finally {
            lock.unlock();
        }
    }

    boolean isClosed() {
        return closed;
    }

    HostPaths paths() {
        return paths;
    }

    HostAttributes attributes() {
        return attributes;
    }

    FileStatus status(HostNode node) throws ErrnoException {
        enter();
        try {
            return nodes.status(node);
        } finally {
            lock.unlock();
        }
    }

    void setMode(HostNode node, int mode) throws ErrnoException {
        enter();
        try {
            nodes.setMode(node, mode);
        } finally {
            lock.unlock();
        }
    }

    void handleClosed(HostNode node) throws ErrnoException {
        lock.lock();
        try {
            node.handles--;
            if (!closed) {
                nodes.closeIfUnused(node);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Returns whether nothing more can be written, for hosts whose errors are translated. */
    boolean isFull() {
        try {
            return Files.getFileStore(paths.host("/")).getUsableSpace() == 0;
        } catch (IOException | ErrnoException e) {
            return false; // the failure of the write itself is reported
        }
    }

    private void enter() throws ErrnoException {
        lock.lock();
        if (closed) {
            lock.unlock();
            throw new ErrnoException(Errno.EBADF);
        }
    }
}
