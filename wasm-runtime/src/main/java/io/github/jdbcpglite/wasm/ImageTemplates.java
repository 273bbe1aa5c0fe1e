package io.github.jdbcpglite.wasm;

import io.github.jdbcpglite.wasm.fs.ErrnoException;
import io.github.jdbcpglite.wasm.fs.MemoryFileSystem;
import io.github.jdbcpglite.wasm.image.PgliteImage;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The two templates that an image holds, each made when first needed. Thread-safe. */
final class ImageTemplates {
    private final PgliteImage image;
    private final Map<String, String> defaults = ClusterSettings.defaults();
    private @Nullable ClusterTemplate booted;
    private @Nullable ClusterTemplate initial;
    private @Nullable MemoryFileSystem program;

    ImageTemplates(PgliteImage image) {
        this.image = image;
    }

    PgliteImage image() {
        return image;
    }

    /** Returns what a new cluster with some settings starts from. */
    synchronized ClusterTemplate forSettings(Map<String, String> settings) throws ErrnoException {
        if (!settings.equals(defaults) || !bootedWithDefaults()) {
            if (initial == null) {
                initial =
                        new ClusterTemplate(
                                ClusterFiles.of(image, image.pgdataFiles()), null, defaults);
            }
            return initial;
        }
        if (booted == null) {
            booted =
                    new ClusterTemplate(
                            ClusterFiles.of(image, image.boot().pgdataFiles()),
                            image.boot().memory(),
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
