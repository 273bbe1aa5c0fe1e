package io.github.jdbcpglite.durable;

import io.github.jdbcpglite.internals.RecordedDisk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * What a disk may hold after a loss of power: what was synced, and of the rest what chance lets
 * through, by sectors. Names come and go in their order, as in a file system with a journal: a sync
 * of whatever file brings all before it to the disk, and of those after it some first ones are
 * there.
 */
final class DiskImage {
    /** A file as synced, and what was done to it since. */
    private static final class Content {
        private byte[] durable;
        private final List<RecordedDisk.Operation> pending = new ArrayList<>();

        Content(byte[] durable) {
            this.durable = durable;
        }
    }

    private final Random random;
    private final int sectorBytes;
    private final double chance;
    private final Map<String, Integer> files = new TreeMap<>();
    private final TreeSet<String> directories = new TreeSet<>();
    private final Map<Integer, Content> contents = new HashMap<>();

    /**
     * Starts with a directory all of which is on the disk.
     *
     * @param names of the files that the numbers in the record mean at its beginning
     * @param sectorBytes what is written as a whole or not at all
     * @param chance of each sector that was not synced
     */
    DiskImage(Path base, Map<Integer, String> names, Random random, int sectorBytes, double chance)
            throws IOException {
        this.random = random;
        this.sectorBytes = sectorBytes;
        this.chance = chance;
        Map<String, Integer> numbers = new HashMap<>();
        names.forEach((number, name) -> numbers.putIfAbsent(name, number));
        int unused = names.size();
        try (Stream<Path> walk = Files.walk(base)) {
            for (Path path : walk.toList()) {
                String name = "/" + base.relativize(path);
                if (Files.isDirectory(path)) {
                    directories.add(name);
                } else {
                    int number = numbers.getOrDefault(name, unused++);
                    files.put(name, number);
                    contents.put(number, new Content(Files.readAllBytes(path)));
                }
            }
        }
    }

    /** Lets the power go after some operations and writes what is left. */
    void cut(List<RecordedDisk.Operation> done, Path target) throws IOException {
        int lastSync = 0;
        for (int i = 0; i < done.size(); i++) {
            lastSync = done.get(i) instanceof RecordedDisk.Sync ? i : lastSync;
        }
        int namesUntil = lastSync + random.nextInt(done.size() - lastSync + 1);
        for (int i = 0; i < done.size(); i++) {
            RecordedDisk.Operation operation = done.get(i);
            if (!change(operation) && i < namesUntil) {
                rename(operation);
            }
        }
        write(target);
    }

    /** Does what concerns contents; returns false for what concerns names. */
    private boolean change(RecordedDisk.Operation operation) {
        if (operation instanceof RecordedDisk.Sync sync) {
            Content content = contents.get(sync.file());
            if (content != null) {
                content.durable = now(content, true);
                content.pending.clear();
            }
            return true;
        }
        if (operation instanceof RecordedDisk.Write write) {
            content(write.file()).pending.add(write);
            return true;
        }
        if (operation instanceof RecordedDisk.Truncate truncate) {
            content(truncate.file()).pending.add(truncate);
            return true;
        }
        return false;
    }

    private Content content(int file) {
        return contents.computeIfAbsent(file, unused -> new Content(new byte[0]));
    }

    private void rename(RecordedDisk.Operation operation) {
        if (operation instanceof RecordedDisk.Create create) {
            if (create.file() < 0) {
                directories.add(create.path());
            } else {
                files.put(create.path(), create.file());
                contents.putIfAbsent(create.file(), new Content(new byte[0]));
            }
        } else if (operation instanceof RecordedDisk.Remove remove) {
            files.remove(remove.path());
            directories.remove(remove.path());
        } else if (operation instanceof RecordedDisk.Rename rename) {
            Integer moved = files.remove(rename.from());
            if (moved != null) {
                files.put(rename.to(), moved);
            } else if (directories.contains(rename.from())) {
                throw new IllegalStateException("PostgreSQL renames no directories: " + rename);
            }
        }
    }

    private byte[] now(Content content, boolean everything) {
        byte[] bytes = content.durable;
        for (RecordedDisk.Operation operation : content.pending) {
            if (operation instanceof RecordedDisk.Truncate truncate) {
                if (everything || random.nextDouble() < chance) {
                    bytes = Arrays.copyOf(bytes, Math.toIntExact(truncate.size()));
                }
            } else if (operation instanceof RecordedDisk.Write write) {
                bytes = written(bytes, write, everything);
            }
        }
        return bytes;
    }

    private byte[] written(byte[] before, RecordedDisk.Write write, boolean everything) {
        byte[] bytes = before.clone();
        int done = 0;
        while (done < write.bytes().length) {
            int position = Math.toIntExact(write.position() + done);
            int part = Math.min(sectorBytes - position % sectorBytes, write.bytes().length - done);
            if (everything || random.nextDouble() < chance) {
                if (bytes.length < position + part) {
                    bytes = Arrays.copyOf(bytes, position + part);
                }
                System.arraycopy(write.bytes(), done, bytes, position, part);
            }
            done += part;
        }
        return bytes;
    }

    private void write(Path target) throws IOException {
        for (String directory : directories) {
            Path path = target.resolve(directory.substring(1));
            if (Files.isDirectory(Objects.requireNonNull(path.getParent()))) {
                Files.createDirectories(path);
            }
        }
        Files.setPosixFilePermissions(target, PosixFilePermissions.fromString("rwx------"));
        for (Map.Entry<String, Integer> file : files.entrySet()) {
            Path path = target.resolve(file.getKey().substring(1));
            if (Files.isDirectory(Objects.requireNonNull(path.getParent()))) {
                Files.write(path, now(content(file.getValue()), false));
            }
        }
    }
}
