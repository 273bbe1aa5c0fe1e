package io.github.jdbcpglite.testing;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Filled templates in a directory, for other JVMs of the same build and for the next build. A
 * template is an archive named by what fills it, so an old one is never taken for a new one.
 *
 * <p>Whoever fills or reads one holds the operating system's lock of a file beside it, which ends
 * with its process. An archive gets its name when it is complete, so a process that is killed
 * leaves nothing that anybody would read, and what it leaves the next one deletes. Thread-safe.
 */
final class TemplateCache {
    /** The property that names the directory, or {@link #OFF}. */
    static final String PROPERTY = "pglite.testing.cache";

    static final String OFF = "off";

    /** Some 30 MB each and more; the one that was not used for longest goes first. */
    static final int MAX_ARCHIVES = 8;

    private static final String DIRECTORY = "pglite-templates";
    private static final String ARCHIVE = ".tar";
    private static final String LOCK = ".lock";
    private static final String UNFINISHED = ".part";
    private static final long LOCK_MINUTES = 10;
    private static final long POLL_MILLIS = 20;

    private final Path directory;

    TemplateCache(Path directory) {
        this.directory = directory;
    }

    /**
     * Returns the cache that the property names or, without it, one in the build folder of Maven or
     * Gradle; nothing if it is off or there is no such folder.
     */
    static Optional<TemplateCache> ofProperties() {
        String named = System.getProperty(PROPERTY);
        if (named != null) {
            return named.equals(OFF)
                    ? Optional.empty()
                    : Optional.of(new TemplateCache(Path.of(named).toAbsolutePath()));
        }
        Path base = Path.of(System.getProperty("basedir", "")).toAbsolutePath();
        Path maven = base.resolve("target");
        Path gradle = base.resolve("build");
        if (Files.exists(base.resolve("pom.xml")) && Files.isDirectory(maven)) {
            return Optional.of(new TemplateCache(maven.resolve(DIRECTORY)));
        }
        boolean hasGradle =
                Files.exists(base.resolve("build.gradle"))
                        || Files.exists(base.resolve("build.gradle.kts"));
        return hasGradle && Files.isDirectory(gradle)
                ? Optional.of(new TemplateCache(gradle.resolve(DIRECTORY)))
                : Optional.empty();
    }

    /** Makes a database that becomes a template. */
    interface Maker {
        /** Makes an empty one, fills it and returns its name. */
        String fill() throws SQLException;

        /** Makes one from an archive and returns its name. */
        String load(Path archive) throws SQLException;

        /** Writes one to an archive that does not exist. */
        void write(String name, Path archive) throws SQLException;
    }

    /**
     * Returns the name of a template, loaded if another process has filled it, otherwise filled and
     * kept. Where the directory cannot be used the template is filled without it.
     *
     * @param key of what fills it
     * @throws SQLException if filling it fails
     */
    String obtain(String key, Maker maker) throws SQLException {
        try (Lock lock = lock(key, TimeUnit.MINUTES.toNanos(LOCK_MINUTES))) {
            if (lock == null) {
                log().log(Level.WARNING, "another process holds {0} for too long", key);
                return maker.fill();
            }
            delete(unfinished(key));
            Path archive = archive(key);
            String loaded = Files.exists(archive) ? load(archive, maker) : null;
            if (loaded != null) {
                return loaded;
            }
            String filled = maker.fill();
            keep(key, filled, maker);
            return filled;
        } catch (IOException e) {
            log().log(Level.WARNING, "no templates are kept in " + directory, e);
            return maker.fill();
        }
    }

    /** Loads an archive; one that cannot be loaded is deleted. */
    private static @Nullable String load(Path archive, Maker maker) throws IOException {
        try {
            String name = maker.load(archive);
            touch(archive);
            return name;
        } catch (SQLException e) {
            log().log(Level.WARNING, archive + " cannot be loaded and is made again", e);
            Files.deleteIfExists(archive);
            return null;
        }
    }

    /** Only the order in which archives go depends on it. */
    private static void touch(Path archive) {
        try {
            Files.setLastModifiedTime(archive, FileTime.from(Instant.now()));
        } catch (IOException e) {
            log().log(Level.DEBUG, "the time of " + archive + " cannot be set", e);
        }
    }

    /** What cannot be kept is filled by every process, which is slower and not wrong. */
    private void keep(String key, String name, Maker maker) {
        try {
            Files.createDirectories(unfinished(key));
            Path complete = unfinished(key).resolve("template" + ARCHIVE);
            maker.write(name, complete);
            Files.move(complete, archive(key), StandardCopyOption.ATOMIC_MOVE);
            delete(unfinished(key));
            makeRoom(key);
        } catch (IOException | SQLException e) {
            log().log(Level.WARNING, "the template cannot be kept in " + directory, e);
        }
    }

    /** Deletes the oldest archives, and what killed processes left of others. */
    private void makeRoom(String own) throws IOException {
        List<Path> archives = new ArrayList<>();
        for (Path file : files()) {
            if (file.toString().endsWith(ARCHIVE)) {
                archives.add(file);
            } else if (file.toString().endsWith(UNFINISHED)) {
                deleteUnused(key(file, UNFINISHED), own, file);
            }
        }
        archives.sort(Comparator.comparing(TemplateCache::lastUse).reversed());
        for (Path old :
                archives.subList(Math.min(MAX_ARCHIVES, archives.size()), archives.size())) {
            deleteUnused(key(old, ARCHIVE), own, old);
        }
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.toList();
        }
    }

    private void deleteUnused(String key, String own, Path file) throws IOException {
        if (key.equals(own)) {
            return;
        }
        try (Lock lock = lock(key, 0)) {
            if (lock != null) {
                delete(file);
                lock.deleteFile();
            }
        }
    }

    private static String key(Path file, String suffix) {
        String name = file.getFileName().toString();
        return name.substring(0, name.length() - suffix.length());
    }

    private static FileTime lastUse(Path file) {
        try {
            return Files.getLastModifiedTime(file);
        } catch (IOException e) {
            return FileTime.fromMillis(0); // somebody else has deleted it
        }
    }

    /** Deletes a file, or a directory of files. */
    private static void delete(Path path) throws IOException {
        if (Files.isDirectory(path)) {
            try (Stream<Path> files = Files.list(path)) {
                for (Path file : files.toList()) {
                    Files.deleteIfExists(file);
                }
            }
        }
        Files.deleteIfExists(path);
    }

    private Path archive(String key) {
        return directory.resolve(key + ARCHIVE);
    }

    private Path unfinished(String key) {
        return directory.resolve(key + UNFINISHED);
    }

    /**
     * Takes the lock of a key.
     *
     * @param waitNanos how long to wait while another process or thread has it
     * @return nothing if it is not to be had
     */
    private @Nullable Lock lock(String key, long waitNanos) throws IOException {
        Files.createDirectories(directory);
        Path file = directory.resolve(key + LOCK);
        long deadline = System.nanoTime() + waitNanos;
        FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock lock = null;
        try {
            lock = tryLock(channel);
            while (lock == null && System.nanoTime() < deadline) {
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(POLL_MILLIS));
                lock = tryLock(channel);
            }
            return lock == null ? null : new Lock(channel, file);
        } finally {
            if (lock == null) {
                channel.close();
            }
        }
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null; // another thread, or class loader, of this JVM has it
        }
    }

    /** A lock that is held; closing the channel ends it. */
    private record Lock(FileChannel channel, Path file) implements AutoCloseable {
        /**
         * Deletes the file of the lock. Somebody who has opened it already holds a lock that nobody
         * else sees: at worst two processes fill the same template, each of which is good.
         */
        void deleteFile() throws IOException {
            Files.deleteIfExists(file);
        }

        @Override
        public void close() {
            try {
                channel.close();
            } catch (IOException e) {
                // What was done under it is done; the end of the process ends it too.
                log().log(Level.WARNING, "the lock " + file + " cannot be closed", e);
            }
        }
    }

    private static Logger log() {
        return System.getLogger(TemplateCache.class.getName());
    }
}
