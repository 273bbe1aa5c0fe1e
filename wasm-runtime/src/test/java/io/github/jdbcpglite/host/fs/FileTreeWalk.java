package io.github.jdbcpglite.host.fs;

/** Visits every file of a tree. */
final class FileTreeWalk {
    private FileTreeWalk() {}

    /** Told of each file; a directory comes before what is in it. */
    @FunctionalInterface
    interface Visitor {
        /**
         * Takes one file.
         *
         * @param path absolute clean path
         * @param status of the file itself, links are not followed
         * @throws ErrnoException to end the walk
         */
        void visit(String path, FileStatus status) throws ErrnoException;
    }

    /**
     * Visits a file and everything below it in the order {@link FileSystem#list} gives. The tree
     * must be at rest: a file that vanishes on the way ends the walk with ENOENT.
     *
     * @param path where to start
     * @throws ErrnoException of the file system or the visitor
     */
    static void walk(FileSystem fileSystem, String path, Visitor visitor) throws ErrnoException {
        FileStatus status = fileSystem.stat(path, false);
        visitor.visit(path, status);
        if (status.type() == FileType.DIRECTORY) {
            for (DirectoryEntry entry : fileSystem.list(path)) {
                walk(fileSystem, GuestPath.child(path, entry.name()), visitor);
            }
        }
    }
}
