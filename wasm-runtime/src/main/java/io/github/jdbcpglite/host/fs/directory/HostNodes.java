package io.github.jdbcpglite.host.fs.directory;

import io.github.jdbcpglite.host.fs.Errno;
import io.github.jdbcpglite.host.fs.ErrnoException;
import io.github.jdbcpglite.host.fs.FileStatus;
import io.github.jdbcpglite.host.fs.FileType;
import io.github.jdbcpglite.host.fs.GuestPath;
import io.github.jdbcpglite.host.fs.OpenFlags;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The open files of a {@link HostFileSystem}, guarded by its lock. */
final class HostNodes {
    private static final int MODE_BITS = 07777;

    private final HostFileSystem fileSystem;
    private final int maxOpenFiles;

    /** Files that have a name, by it. */
    private final Map<String, HostNode> byPath = new HashMap<>();

    private final Set<HostNode> all = new HashSet<>();

    HostNodes(HostFileSystem fileSystem, int maxOpenFiles) {
        this.fileSystem = fileSystem;
        this.maxOpenFiles = maxOpenFiles;
    }

    /** Creates a file that does not exist. */
    HostNode create(String path, int mode) throws ErrnoException {
        checkLimit();
        Path file = fileSystem.paths().host(path);
        int kept = mode & MODE_BITS;
        try {
            Set<OpenOption> options =
                    Set.of(
                            StandardOpenOption.CREATE_NEW,
                            StandardOpenOption.READ,
                            StandardOpenOption.WRITE,
                            LinkOption.NOFOLLOW_LINKS);
            HostAttributes attributes = fileSystem.attributes();
            FileChannel channel = FileChannel.open(file, options, attributes.creating(kept));
            HostNode node = add(new HostNode(fileSystem, channel, path, false, true));
            try {
                attributes.setMode(file, kept);
            } catch (IOException e) {
                closeIfUnused(node);
                throw e;
            }
            return node;
        } catch (IOException e) {
            throw HostErrors.translate(e, "create " + path);
        }
    }

    /** Opens a file that exists, or finds it open. */
    HostNode open(String path, FileType type, int flags) throws ErrnoException {
        HostNode present = byPath.get(path);
        if (present == null) {
            checkLimit();
            try {
                present =
                        type == FileType.DIRECTORY
                                ? openDirectory(path)
                                : openFile(path, OpenFlags.isWritable(flags));
            } catch (IOException e) {
                throw HostErrors.translate(e, "open " + path);
            }
            add(present);
        }
        if (OpenFlags.isWritable(flags) && !present.isWritable()) {
            throw new ErrnoException(Errno.EACCES);
        }
        return present;
    }

    private HostNode openFile(String path, boolean mustWrite) throws IOException, ErrnoException {
        Path file = fileSystem.paths().host(path);
        FileChannel channel;
        boolean writable = true;
        try {
            // Opened for both, because another handle may want the other.
            channel =
                    FileChannel.open(
                            file,
                            StandardOpenOption.READ,
                            StandardOpenOption.WRITE,
                            LinkOption.NOFOLLOW_LINKS);
        } catch (FileSystemException e) {
            if (mustWrite || e instanceof NoSuchFileException) {
                throw e;
            }
            channel = FileChannel.open(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
            writable = false;
        }
        return new HostNode(fileSystem, channel, path, false, writable);
    }

    private HostNode openDirectory(String path) throws IOException, ErrnoException {
        FileChannel channel = null;
        try {
            channel =
                    FileChannel.open(
                            fileSystem.paths().host(path),
                            StandardOpenOption.READ,
                            LinkOption.NOFOLLOW_LINKS);
        } catch (AccessDeniedException e) {
            if (fileSystem.attributes().isUnix()) {
                throw e;
            }
            // Windows opens no directories this way, and needs no fsync of them.
        }
        return new HostNode(fileSystem, channel, path, true, false);
    }

    private HostNode add(HostNode node) {
        all.add(node);
        byPath.put(String.valueOf(node.path), node);
        return node;
    }

    private void checkLimit() throws ErrnoException {
        if (all.size() >= maxOpenFiles) {
            throw new ErrnoException(Errno.EMFILE);
        }
    }

    /** Closes a node without handles. */
    void closeIfUnused(HostNode node) throws ErrnoException {
        if (node.handles == 0 && all.remove(node)) {
            String path = node.path;
            if (path != null) {
                byPath.remove(path);
            }
            node.close();
        }
    }

    /**
     * Reads what is needed of a file about to lose its name while it still has one.
     *
     * @return what to run once the name is gone
     */
    Runnable prepareOrphan(String path) throws ErrnoException {
        HostNode node = byPath.get(path);
        if (node == null) {
            return () -> {};
        }
        FileStatus last = fileSystem.paths().status(path);
        return () -> {
            byPath.remove(path);
            node.orphaned = last;
            node.path = null;
        };
    }

    /** Tells open files at and below a path that they have another. */
    void renamed(String from, String to) {
        List<HostNode> moved = new ArrayList<>();
        for (HostNode node : byPath.values()) {
            String path = node.path;
            if (path != null && GuestPath.isWithin(path, from)) {
                moved.add(node);
            }
        }
        for (HostNode node : moved) {
            String path = String.valueOf(node.path);
            byPath.remove(path);
            node.path = to + path.substring(from.length());
        }
        for (HostNode node : moved) {
            byPath.put(String.valueOf(node.path), node);
        }
    }

    /** Describes an open file; one without a name by what it was and its size now. */
    FileStatus status(HostNode node) throws ErrnoException {
        String path = node.path;
        if (path != null) {
            return fileSystem.paths().status(path);
        }
        FileStatus last = orphaned(node);
        return new FileStatus(
                last.inode(),
                last.type(),
                last.mode(),
                0,
                node.isDirectory() ? last.size() : node.size(),
                last.accessNanos(),
                last.modifyNanos(),
                last.changeNanos());
    }

    /** Sets the mode; of a file without a name, which none can open any more, for status only. */
    void setMode(HostNode node, int mode) throws ErrnoException {
        String path = node.path;
        if (path == null) {
            FileStatus last = orphaned(node);
            node.orphaned =
                    new FileStatus(
                            last.inode(),
                            last.type(),
                            mode & MODE_BITS,
                            0,
                            last.size(),
                            last.accessNanos(),
                            last.modifyNanos(),
                            last.changeNanos());
            return;
        }
        try {
            fileSystem.attributes().setMode(fileSystem.paths().host(path), mode);
        } catch (IOException e) {
            throw HostErrors.translate(e, "set the mode of " + path);
        }
    }

    private static FileStatus orphaned(HostNode node) throws ErrnoException {
        FileStatus last = node.orphaned;
        if (last == null) {
            throw new ErrnoException(Errno.ENOENT);
        }
        return last;
    }

    /** Closes everything; throws the first failure after all were tried. */
    void closeAll() throws ErrnoException {
        ErrnoException failure = null;
        for (HostNode node : all) {
            try {
                node.close();
            } catch (ErrnoException e) {
                failure = failure == null ? e : failure;
            }
        }
        all.clear();
        byPath.clear();
        if (failure != null) {
            throw failure;
        }
    }
}
