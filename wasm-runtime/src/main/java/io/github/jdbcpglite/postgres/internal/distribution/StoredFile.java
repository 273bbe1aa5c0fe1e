package io.github.jdbcpglite.postgres.internal.distribution;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** A file or directory of an image, whose contents are read when asked for. Thread-safe. */
public final class StoredFile {
    private final DistributionResources resources;
    private final String resource;
    private final IndexLine line;

    StoredFile(DistributionResources resources, String directory, IndexLine line) {
        this.resources = resources;
        this.line = line;
        this.resource =
                line.path().startsWith("/")
                        ? directory + line.path()
                        : directory + "/" + line.path();
    }

    /**
     * Reads the list of a directory of resources.
     *
     * @param directory below the root; its list is the resource of that name with the suffix of
     *     lists
     * @throws DistributionException if the list is missing or damaged
     */
    static List<StoredFile> index(DistributionResources resources, String directory) {
        String name = directory + DistributionLayout.INDEX_SUFFIX;
        return index(resources, directory, resources.read(name));
    }

    /** Reads the list of a directory of resources from its bytes. */
    static List<StoredFile> index(DistributionResources resources, String directory, byte[] list) {
        try {
            String text = new String(list, StandardCharsets.UTF_8);
            List<StoredFile> entries = new ArrayList<>();
            int start = 0;
            while (start < text.length()) {
                int end = text.indexOf('\n', start);
                int lineEnd = end < 0 ? text.length() : end;
                IndexLine line = IndexLine.parse(text.substring(start, lineEnd));
                entries.add(new StoredFile(resources, directory, line));
                start = lineEnd + 1;
            }
            return Collections.unmodifiableList(entries);
        } catch (IllegalArgumentException e) {
            throw resources.damaged(directory + DistributionLayout.INDEX_SUFFIX, e);
        }
    }

    /** Returns the path: absolute for a shipped file, relative to PGDATA for one of those. */
    public String path() {
        return line.path();
    }

    /** Returns whether it is a directory and not a regular file. */
    public boolean isDirectory() {
        return line.directory();
    }

    /** Returns the size in bytes, 0 for a directory. */
    public long size() {
        return line.size();
    }

    /** Returns the permission bits, 0 to 07777. */
    public int mode() {
        return line.mode();
    }

    /**
     * Opens the contents of a regular file; the caller closes the stream.
     *
     * @throws DistributionException if they are missing or cannot be opened
     */
    public InputStream open() {
        if (line.directory()) {
            throw new IllegalStateException(line.path() + " is a directory");
        }
        return resources.open(resource);
    }

    /**
     * Reads the contents of a regular file.
     *
     * @return exactly {@link #size} bytes, a new array each time
     * @throws DistributionException if they are missing, cannot be read or have another size
     */
    public byte[] load() {
        if (line.directory()) {
            throw new IllegalStateException(line.path() + " is a directory");
        }
        return resources.read(resource, Math.toIntExact(line.size()));
    }

    @Override
    public String toString() {
        return line.format();
    }
}
