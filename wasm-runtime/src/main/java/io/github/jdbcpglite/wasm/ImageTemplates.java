package io.github.jdbcpglite.wasm;

import io.github.jdbcpglite.wasm.fs.ErrnoException;
import io.github.jdbcpglite.wasm.image.PgliteImage;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The two templates that an image holds, each made when first needed. Thread-safe. */
final class ImageTemplates {
    private final PgliteImage image;
    private final Map<String, String> defaults =
            ClusterSettings.of(Map.of(), ClusterSettings.DEFAULT_MAX_CONNECTIONS);
    private @Nullable ClusterTemplate booted;
    private @Nullable ClusterTemplate initial;

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

    /** An image of another build of this version may have other defaults. */
    private boolean bootedWithDefaults() {
        return image.boot().settings().equals(ClusterSettings.text(defaults));
    }
}
