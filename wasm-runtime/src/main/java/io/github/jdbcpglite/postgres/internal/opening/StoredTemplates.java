package io.github.jdbcpglite.postgres.internal.opening;

import io.github.jdbcpglite.engine.Engine;
import io.github.jdbcpglite.engine.bytecode.BytecodeEngine;
import io.github.jdbcpglite.host.fs.ErrnoException;
import io.github.jdbcpglite.host.fs.memory.MemoryFileSystem;
import io.github.jdbcpglite.postgres.internal.distribution.Distribution;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The two templates that an image holds, each made when first needed. Thread-safe. */
public final class StoredTemplates {
    private final Distribution image;
    private final Engine engine;
    private final Map<String, String> defaults = ClusterSettings.defaults();
    private @Nullable FrozenCluster booted;
    private @Nullable FrozenCluster initial;
    private @Nullable MemoryFileSystem program;

    /** Makes the templates of a distribution, for clusters that an engine runs. */
    public StoredTemplates(Distribution image, Engine engine) {
        this.image = image;
        this.engine = engine;
    }

    /** Returns what they are made from. */
    public Distribution image() {
        return image;
    }

    /** Returns what runs the clusters that are made from them. */
    public Engine engine() {
        return engine;
    }

    /** Loads what the first cluster needs beside its memory and files. */
    void warmUp() {
        image.main().module(engine);
        if (engine == BytecodeEngine.INSTANCE) {
            image.boot().loadFirstClasses();
        }
    }

    /** Returns what a new cluster with some settings starts from. */
    synchronized FrozenCluster forSettings(Map<String, String> settings) throws ErrnoException {
        if (!settings.equals(defaults) || !bootedWithDefaults()) {
            if (initial == null) {
                initial =
                        new FrozenCluster(
                                engine,
                                ClusterFiles.of(image, image.pgdataFiles()),
                                null,
                                defaults);
            }
            return initial;
        }
        if (booted == null) {
            booted =
                    new FrozenCluster(
                            engine,
                            ClusterFiles.of(image, image.boot().pgdataFiles()),
                            image.boot().memory(engine),
                            defaults);
        }
        return booted;
    }

    /** Returns the files a guest sees besides its data directory, which is empty. */
    synchronized MemoryFileSystem program() throws ErrnoException {
        if (program == null) {
            program = ClusterFiles.of(image, List.of());
        }
        return program;
    }

    /** An image of another build of this version may have other defaults. */
    private boolean bootedWithDefaults() {
        return image.boot().settings().equals(ClusterSettings.text(defaults));
    }
}
