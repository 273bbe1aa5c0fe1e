package io.github.jdbcpglite.wasm.image;

import io.github.jdbcpglite.wasm.sched.ClusterImage;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A cluster that the build has booted: its memory, and the data directory as it then was.
 *
 * <p>Thread-safe; parts are read when first asked for, then kept.
 */
public final class BootImage {
    private final ImageResources resources;
    private final Lazy<String> settings;
    private final Lazy<ClusterImage> memory;
    private final Lazy<List<ImageEntry>> files;

    BootImage(ImageResources resources, Lazy<List<ImageEntry>> initial) {
        this.resources = resources;
        String directory = ImageLayout.BOOT + "/";
        settings = new Lazy<>(() -> resources.text(directory + ImageLayout.SETTINGS));
        memory =
                new Lazy<>(
                        () ->
                                resources.stream(
                                        directory + ImageLayout.CLUSTER_IMAGE, ClusterImage::read));
        files = new Lazy<>(() -> files(resources, directory + ImageLayout.PGDATA, initial.get()));
    }

    private static List<ImageEntry> files(
            ImageResources resources, String directory, List<ImageEntry> initial) {
        // Keeps the order of the lists, in which parents come first.
        Map<String, ImageEntry> byPath = new LinkedHashMap<>();
        for (ImageEntry entry : initial) {
            byPath.put(entry.path(), entry);
        }
        for (String gone : resources.text(directory + ImageLayout.GONE_SUFFIX).split("\n", -1)) {
            byPath.remove(gone);
        }
        for (ImageEntry changed : ImageEntry.index(resources, directory)) {
            byPath.put(changed.path(), changed);
        }
        return List.copyOf(byPath.values());
    }

    /** Returns the settings the cluster was booted with, as {@code ClusterSettings.text}. */
    public String settings() {
        return settings.get();
    }

    /** Returns its memory. */
    public ClusterImage memory() {
        return memory.get();
    }

    /**
     * Loads the classes that its first statement needs, most of them PostgreSQL's functions.
     *
     * @throws ImageException if there is no list of them, or one is missing
     */
    public void loadFirstClasses() {
        String names = resources.text(ImageLayout.BOOT + "/" + ImageLayout.FIRST_CLASSES);
        for (String name : names.strip().split("\n", -1)) {
            try {
                Class.forName(name, true, resources.loader());
            } catch (ClassNotFoundException | LinkageError e) {
                throw resources.damaged("no usable class " + name, e);
            }
        }
    }

    /** Returns the files and directories of its data directory, parents first. */
    public List<ImageEntry> pgdataFiles() {
        return files.get();
    }
}
