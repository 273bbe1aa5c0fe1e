package io.github.jdbcpglite.postgres.internal.distribution;

import io.github.jdbcpglite.engine.Engine;
import io.github.jdbcpglite.postgres.internal.boot.ClusterImage;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A cluster that the build has booted: its memory, and the data directory as it then was.
 *
 * <p>Thread-safe; parts are read when first asked for, then kept.
 */
public final class StoredBoot {
    private final DistributionResources resources;
    private final Lazy<String> settings;
    private final PerEngine<ClusterImage> memory;
    private final Lazy<List<StoredFile>> files;

    StoredBoot(DistributionResources resources, Lazy<List<StoredFile>> initial) {
        this.resources = resources;
        String directory = DistributionLayout.BOOT + "/";
        settings = new Lazy<>(() -> resources.text(directory + DistributionLayout.SETTINGS));
        memory =
                new PerEngine<>(
                        engine ->
                                resources.stream(
                                        directory + DistributionLayout.CLUSTER_IMAGE,
                                        in -> ClusterImage.read(engine, in)));
        files =
                new Lazy<>(
                        () ->
                                files(
                                        resources,
                                        directory + DistributionLayout.PGDATA,
                                        initial.get()));
    }

    private static List<StoredFile> files(
            DistributionResources resources, String directory, List<StoredFile> initial) {
        // Keeps the order of the lists, in which parents come first.
        Map<String, StoredFile> byPath = new LinkedHashMap<>();
        for (StoredFile entry : initial) {
            byPath.put(entry.path(), entry);
        }
        for (String gone :
                resources.text(directory + DistributionLayout.GONE_SUFFIX).split("\n", -1)) {
            byPath.remove(gone);
        }
        for (StoredFile changed : StoredFile.index(resources, directory)) {
            byPath.put(changed.path(), changed);
        }
        return List.copyOf(byPath.values());
    }

    /** Returns the settings the cluster was booted with, as {@code ClusterSettings.text}. */
    public String settings() {
        return settings.get();
    }

    /** Returns its memory, as an engine has it. */
    public ClusterImage memory(Engine engine) {
        return memory.get(engine);
    }

    /**
     * Loads the classes that its first statement needs, most of them PostgreSQL's functions.
     *
     * @throws DistributionException if there is no list of them, or one is missing
     */
    public void loadFirstClasses() {
        String names =
                resources.text(DistributionLayout.BOOT + "/" + DistributionLayout.FIRST_CLASSES);
        for (String name : names.strip().split("\n", -1)) {
            try {
                Class.forName(name, true, resources.loader());
            } catch (ClassNotFoundException | LinkageError e) {
                throw resources.damaged("no usable class " + name, e);
            }
        }
    }

    /** Returns the files and directories of its data directory, parents first. */
    public List<StoredFile> pgdataFiles() {
        return files.get();
    }
}
