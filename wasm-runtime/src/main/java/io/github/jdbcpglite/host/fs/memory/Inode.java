package io.github.jdbcpglite.host.fs.memory;

import io.github.jdbcpglite.host.fs.FileStatus;
import io.github.jdbcpglite.host.fs.FileType;
import io.github.jdbcpglite.host.fs.GuestPath;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A file of a {@link MemoryFileSystem}, whatever its kind; guarded by that file system's lock. */
public abstract class Inode {
    private final long number;
    int mode;
    int linkCount;
    long accessNanos;
    long modifyNanos;
    long changeNanos;

    Inode(long number, int mode, long nowNanos) {
        this.number = number;
        this.mode = mode;
        this.linkCount = 1;
        this.accessNanos = nowNanos;
        this.modifyNanos = nowNanos;
        this.changeNanos = nowNanos;
    }

    final long number() {
        return number;
    }

    abstract FileType type();

    abstract long size();

    /** Returns the inode of a copied file system; a directory comes without its children. */
    abstract Inode copy();

    final FileStatus status() {
        return new FileStatus(
                number, type(), mode, linkCount, size(), accessNanos, modifyNanos, changeNanos);
    }

    final <T extends Inode> T withAttributesOf(T copy) {
        copy.linkCount = linkCount;
        copy.accessNanos = accessNanos;
        copy.modifyNanos = modifyNanos;
        copy.changeNanos = changeNanos;
        return copy;
    }

    final void contentsChanged(long nowNanos) {
        modifyNanos = nowNanos;
        changeNanos = nowNanos;
    }

    /** A regular file. */
    static final class Regular extends Inode {
        final FileContents contents;

        /** Handles open; the contents outlive the last name while there are any. */
        int openCount;

        Regular(long number, int mode, long nowNanos, FileContents contents) {
            super(number, mode, nowNanos);
            this.contents = contents;
        }

        @Override
        FileType type() {
            return FileType.REGULAR;
        }

        @Override
        long size() {
            return contents.size();
        }

        @Override
        Regular copy() {
            return withAttributesOf(new Regular(number(), mode, 0, contents.copy()));
        }
    }

    /** A directory; its link count is 2 and one for each directory in it. */
    static final class Directory extends Inode {
        /** What {@code st_size} tells of a directory: one block of most file systems. */
        private static final int SIZE = 4096;

        final Map<String, Inode> children = new LinkedHashMap<>();

        /** The directory this is in; the root is in itself. */
        Directory parent;

        @SuppressWarnings("this-escape") // only the field of this object is set
        Directory(long number, int mode, long nowNanos, @Nullable Directory parent) {
            super(number, mode, nowNanos);
            this.linkCount = 2;
            this.parent = parent == null ? this : parent;
        }

        @Override
        FileType type() {
            return FileType.DIRECTORY;
        }

        @Override
        long size() {
            return SIZE;
        }

        @Override
        Directory copy() {
            return withAttributesOf(new Directory(number(), mode, 0, null));
        }

        /** Returns the number of blocks below it that no copy of the file system shares. */
        long privateBlocks() {
            long blocks = 0;
            for (Inode inode : children.values()) {
                if (inode instanceof Directory child) {
                    blocks += child.privateBlocks();
                } else if (inode instanceof Regular regular) {
                    blocks += regular.contents.privateBlocks();
                }
            }
            return blocks;
        }

        boolean isInside(Directory ancestor) {
            Directory at = this;
            while (at != ancestor && at.parent != at) {
                at = at.parent;
            }
            return at == ancestor;
        }
    }

    /** A symbolic link. */
    static final class Link extends Inode {
        final String target;

        Link(long number, long nowNanos, String target) {
            super(number, 0777, nowNanos);
            this.target = target;
        }

        @Override
        FileType type() {
            return FileType.SYMBOLIC_LINK;
        }

        @Override
        long size() {
            return GuestPath.utf8Length(target);
        }

        @Override
        Link copy() {
            return withAttributesOf(new Link(number(), 0, target));
        }
    }

    /** A device node. */
    static final class DeviceNode extends Inode {
        final Device device;

        DeviceNode(long number, int mode, long nowNanos, Device device) {
            super(number, mode, nowNanos);
            this.device = device;
        }

        @Override
        FileType type() {
            return FileType.CHARACTER_DEVICE;
        }

        @Override
        long size() {
            return 0;
        }

        @Override
        DeviceNode copy() {
            return withAttributesOf(new DeviceNode(number(), mode, 0, device));
        }
    }
}
