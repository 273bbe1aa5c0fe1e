package io.github.jdbcpglite.build.compile;

import io.github.jdbcpglite.postgres.internal.distribution.DistributionLayout;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/**
 * Loads the image that is being built, and nothing of an image that is on the class path, such as
 * the result of the build before.
 */
public final class ImageClassLoader extends URLClassLoader {
    static {
        registerAsParallelCapable();
    }

    private final Queue<String> loaded = new ConcurrentLinkedQueue<>();

    /**
     * Creates the loader.
     *
     * @param roots roots of the class path that hold parts of the image
     */
    public ImageClassLoader(Path... roots) throws IOException {
        super(urls(roots), ImageClassLoader.class.getClassLoader());
    }

    private static URL[] urls(Path[] roots) throws MalformedURLException {
        URL[] urls = new URL[roots.length];
        for (int i = 0; i < urls.length; i++) {
            urls[i] = roots[i].toUri().toURL();
        }
        return urls;
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        if (!name.startsWith(DistributionLayout.PACKAGE + ".")) {
            return super.loadClass(name, resolve);
        }
        synchronized (getClassLoadingLock(name)) {
            Class<?> present = findLoadedClass(name);
            if (present != null) {
                return present;
            }
            loaded.add(name);
            return findClass(name);
        }
    }

    /** Returns the names of the image's classes that were needed so far, in that order. */
    public List<String> loaded() {
        return List.copyOf(loaded);
    }

    @Override
    public @Nullable URL getResource(String name) {
        return name.startsWith(DistributionLayout.ROOT)
                ? findResource(name)
                : super.getResource(name);
    }
}
