package io.github.jdbcpglite.build.fetch;

import io.github.jdbcpglite.build.stage.FileTrees;
import io.github.jdbcpglite.build.stage.Hashes;
import io.github.jdbcpglite.build.stage.PipelineException;
import io.github.jdbcpglite.build.stage.Progress;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * Verified package archives in a directory that outlives builds.
 *
 * <p>Builds may share the directory: a download happens under a file lock, in a directory of its
 * own, and is moved into place whole after its hash was checked. Thread-safe.
 */
final class PackageCache {
    // A file lock belongs to the whole JVM, so threads of one JVM need a lock of their own.
    private static final Object DOWNLOADING = new Object();

    private final Path directory;
    private final NpmClient npm;

    /**
     * Creates a cache.
     *
     * @param directory where the archives are kept, created when needed
     * @param npm how a missing one is obtained
     */
    PackageCache(Path directory, NpmClient npm) {
        this.directory = directory;
        this.npm = npm;
    }

    /**
     * Returns the archive of a package, downloaded if it is not there.
     *
     * @param wanted the package
     * @param progress where a download is reported
     * @return a file whose hash is the pinned one
     * @throws PipelineException if it cannot be downloaded or has another hash
     * @throws IOException if the cache cannot be read or written
     */
    Path get(NpmPackage wanted, Progress progress) throws IOException {
        Path archive = directory.resolve(wanted.archiveName());
        if (isVerified(archive, wanted)) {
            return archive;
        }
        Files.createDirectories(directory);
        Path lockFile = directory.resolve(wanted.archiveName() + ".lock");
        synchronized (DOWNLOADING) {
            try (FileChannel channel =
                            FileChannel.open(
                                    lockFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                    FileLock lock = channel.lock()) {
                if (!lock.isValid()) {
                    throw new IOException("lost the lock on " + lockFile);
                }
                // Another build may have finished the download while this one waited.
                if (!isVerified(archive, wanted)) {
                    download(wanted, archive, progress);
                }
            }
        }
        return archive;
    }

    private void download(NpmPackage wanted, Path archive, Progress progress) throws IOException {
        if (Files.exists(archive)) {
            progress.line(archive + " is damaged, downloading it again");
        }
        progress.line("npm pack " + wanted.spec());
        Path scratch = Files.createTempDirectory(directory, ".download-");
        try {
            Path fresh = npm.pack(wanted, scratch);
            String actual = Hashes.ofFile(fresh);
            if (!actual.equals(wanted.sha256())) {
                throw new PipelineException(
                        "The archive of "
                                + wanted.spec()
                                + " that npm downloaded is not the one"
                                + " this build was made for: SHA-256 is "
                                + actual
                                + " but must be "
                                + wanted.sha256()
                                + ". It was not kept. If a mirror altered it, use another one.");
            }
            Files.move(
                    fresh,
                    archive,
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
        } finally {
            FileTrees.delete(scratch);
        }
    }

    private static boolean isVerified(Path archive, NpmPackage wanted) throws IOException {
        return Files.isRegularFile(archive) && Hashes.ofFile(archive).equals(wanted.sha256());
    }
}
