package io.github.jdbcpglite.host.fs;

import io.github.jdbcpglite.host.fs.layer.FilterFileSystem;
import io.github.jdbcpglite.host.fs.layer.MountedFileSystem;
import java.util.List;

/**
 * Shows one mount of a {@link MountedFileSystem} as a tree of its own, so that the contract can be
 * held against it. Absolute targets of links gain and lose the prefix.
 */
public final class SubtreeFileSystem extends FilterFileSystem {
    private final String prefix;

    public SubtreeFileSystem(FileSystem inner, String prefix) {
        super(inner);
        this.prefix = prefix;
    }

    @Override
    public FileHandle open(String path, int flags, int mode) throws ErrnoException {
        return super.open(outside(path), flags, mode);
    }

    @Override
    public FileStatus stat(String path, boolean followLinks) throws ErrnoException {
        FileStatus status = super.stat(outside(path), followLinks);
        if (status.type() != FileType.SYMBOLIC_LINK) {
            return status;
        }
        return new FileStatus(
                status.inode(),
                status.type(),
                status.mode(),
                status.linkCount(),
                readLink(path).length(),
                status.accessNanos(),
                status.modifyNanos(),
                status.changeNanos());
    }

    @Override
    public List<DirectoryEntry> list(String path) throws ErrnoException {
        return super.list(outside(path));
    }

    @Override
    public void makeDirectory(String path, int mode) throws ErrnoException {
        super.makeDirectory(outside(path), mode);
    }

    @Override
    public void removeDirectory(String path) throws ErrnoException {
        super.removeDirectory(outside(path));
    }

    @Override
    public void unlink(String path) throws ErrnoException {
        super.unlink(outside(path));
    }

    @Override
    public void rename(String from, String to) throws ErrnoException {
        super.rename(outside(from), outside(to));
    }

    @Override
    public void symbolicLink(String target, String path) throws ErrnoException {
        super.symbolicLink(target.startsWith("/") ? outside(target) : target, outside(path));
    }

    @Override
    public String readLink(String path) throws ErrnoException {
        String target = super.readLink(outside(path));
        if (!target.startsWith("/")) {
            return target;
        }
        return target.equals(prefix) ? "/" : target.substring(prefix.length());
    }

    @Override
    public void setMode(String path, int mode) throws ErrnoException {
        super.setMode(outside(path), mode);
    }

    @Override
    public void setTimes(String path, long accessNanos, long modifyNanos, boolean followLinks)
            throws ErrnoException {
        super.setTimes(outside(path), accessNanos, modifyNanos, followLinks);
    }

    private String outside(String path) {
        return path.equals("/") ? prefix : prefix + path;
    }
}
