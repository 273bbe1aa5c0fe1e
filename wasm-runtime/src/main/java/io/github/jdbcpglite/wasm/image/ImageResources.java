package io.github.jdbcpglite.wasm.image;

import java.io.IOException;
import java.io.InputStream;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;

/** Reads resources of an image by their path below its root. */
final class ImageResources {
    private final ClassLoader loader;

    ImageResources(ClassLoader loader) {
        this.loader = loader;
    }

    ClassLoader loader() {
        return loader;
    }

    /**
     * Opens a resource.
     *
     * @throws ImageException if it does not exist
     */
    InputStream open(String path) {
        // Not through a URL connection: its cache would keep the jar open for the life of the JVM,
        // and without the cache it would open the jar for every file.
        InputStream in = loader.getResourceAsStream(ImageLayout.ROOT + path);
        if (in == null) {
            throw new ImageException(
                    "the image of PGlite has no "
                            + path
                            + "; is jdbc-pglite-image on the class path, complete?");
        }
        return in;
    }

    /**
     * Reads a resource whole.
     *
     * @throws ImageException if it does not exist or cannot be read
     */
    byte[] read(String path) {
        try (InputStream in = open(path)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new ImageException("cannot read " + path + " of the image of PGlite", e);
        }
    }

    /** Reads a resource of UTF-8 text whole. */
    String text(String path) {
        return new String(read(path), StandardCharsets.UTF_8);
    }

    /**
     * Reads a resource whole and decodes it.
     *
     * @param decoder reads the stored form; that it ends too early is reported as damage
     * @throws ImageException if it does not exist, cannot be read or is damaged
     */
    <T> T decode(String path, Function<ByteBuffer, T> decoder) {
        try {
            return decoder.apply(ByteBuffer.wrap(read(path)));
        } catch (BufferUnderflowException | NegativeArraySizeException e) {
            throw new ImageException("the image of PGlite is damaged: " + path, e);
        }
    }
}
