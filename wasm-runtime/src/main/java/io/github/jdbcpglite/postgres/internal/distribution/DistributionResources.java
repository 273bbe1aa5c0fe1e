package io.github.jdbcpglite.postgres.internal.distribution;

import java.io.BufferedInputStream;
import java.io.DataInput;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** Reads resources of an image, or of a bundle of extensions, by their path below its root. */
final class DistributionResources {
    private final ClassLoader loader;
    private final String root;
    private final String what;

    /** Reads the resources of the image. */
    DistributionResources(ClassLoader loader) {
        this(loader, DistributionLayout.ROOT, "the image of PGlite");
    }

    /**
     * Reads resources below a directory.
     *
     * @param root the directory, with a slash at the end
     * @param what how messages call what lies there
     */
    DistributionResources(ClassLoader loader, String root, String what) {
        this.loader = loader;
        this.root = root;
        this.what = what;
    }

    /** Returns how messages call what these are the resources of. */
    String what() {
        return what;
    }

    /** Returns a failure because something in the resources is not as it must be. */
    DistributionException damaged(String detail) {
        return new DistributionException(what + " is damaged: " + detail);
    }

    /** Returns a failure because something in the resources is not as it must be. */
    DistributionException damaged(String detail, Throwable cause) {
        return new DistributionException(what + " is damaged: " + detail, cause);
    }

    /** Returns whether a resource exists. */
    boolean exists(String path) {
        return loader.getResource(root + path) != null;
    }

    ClassLoader loader() {
        return loader;
    }

    /**
     * Opens a resource.
     *
     * @throws DistributionException if it does not exist
     */
    InputStream open(String path) {
        // Not through a URL connection: its cache would keep the jar open for the life of the JVM,
        // and without the cache it would open the jar for every file.
        InputStream in = loader.getResourceAsStream(root + path);
        if (in == null) {
            throw new DistributionException(
                    what
                            + " has no "
                            + path
                            + "; is "
                            + (root.equals(DistributionLayout.ROOT)
                                    ? "jdbc-pglite-image"
                                    : "its jar")
                            + " on the class path, complete?");
        }
        return in;
    }

    /**
     * Reads a resource whole.
     *
     * @throws DistributionException if it does not exist or cannot be read
     */
    byte[] read(String path) {
        try (InputStream in = open(path)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new DistributionException("cannot read " + path + " of " + what, e);
        }
    }

    /** Reads a resource of UTF-8 text whole. */
    String text(String path) {
        return new String(read(path), StandardCharsets.UTF_8);
    }

    /**
     * Reads a resource of known size.
     *
     * @param size in bytes
     * @throws DistributionException if it does not exist, cannot be read or has another size
     */
    byte[] read(String path, int size) {
        byte[] bytes = new byte[size];
        try (InputStream in = open(path)) {
            int length = in.readNBytes(bytes, 0, size);
            if (length != size || in.read() >= 0) {
                String actual = length < size ? Integer.toString(length) : "more";
                throw damaged(path + " has " + actual + " bytes instead of " + size);
            }
            return bytes;
        } catch (IOException e) {
            throw new DistributionException("cannot read " + path + " of " + what, e);
        }
    }

    /**
     * Decodes a resource while it is read: for one that holds large arrays, of which there is then
     * no second copy.
     *
     * @param decoder reads the stored form; that it ends too early is reported as damage
     * @throws DistributionException if it does not exist, cannot be read or is damaged
     */
    <T> T stream(String path, Decoder<T> decoder) {
        try (DataInputStream in = new DataInputStream(new BufferedInputStream(open(path)))) {
            return decoder.read(in);
        } catch (EOFException | IndexOutOfBoundsException | NegativeArraySizeException e) {
            throw damaged(path, e);
        } catch (IOException e) {
            throw new DistributionException("cannot read " + path + " of " + what, e);
        }
    }

    /**
     * Reads a stored form.
     *
     * @param <T> what is stored
     */
    interface Decoder<T> {
        T read(DataInput in) throws IOException;
    }
}
