package io.github.jdbcpglite.engine.nativecode;

import io.github.jdbcpglite.engine.ModuleParts;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The native code on the class path for this platform: the engine's library and libraries of
 * modules, as the build has listed them. Thread-safe.
 */
public final class NativeDistribution {
    /** Folder of the resources, below which each platform has one. */
    public static final String ROOT = "META-INF/jdbc-pglite/native/";

    /** Name of the list in a platform's folder. */
    public static final String LIST = "libraries.properties";

    /** Key of the file name of the engine's library. */
    public static final String KEY_ENGINE = "engine";

    /** Key, before a number from 0, of the file name of a library of modules. */
    public static final String KEY_LIBRARY = "library.";

    /** Behind a library's key: key of its SHA-256. */
    public static final String KEY_SHA256 = ".sha256";

    /**
     * Behind a library's key: key of its modules, separated by blanks, each as its code name, a
     * colon and its digest.
     */
    public static final String KEY_MODULES = ".modules";

    /** What the JVM says of a file that was loaded for another class loader. */
    private static final String OF_ANOTHER_LOADER = "another classloader";

    private final ClassLoader loader;
    private final LibraryCache cache;
    private final String folder;
    private final Properties list;

    /** The key of the library that has a module, by the module as it is listed. */
    private final Map<String, String> libraries = new HashMap<>();

    private final Set<String> loaded = new HashSet<>();
    private @Nullable NativeEngine engine;

    private NativeDistribution(
            ClassLoader loader, LibraryCache cache, String folder, Properties list) {
        this.loader = loader;
        this.cache = cache;
        this.folder = folder;
        this.list = list;
        for (int i = 0; list.containsKey(KEY_LIBRARY + i); i++) {
            String key = KEY_LIBRARY + i;
            for (String module : list.getProperty(key + KEY_MODULES, "").split(" ", -1)) {
                libraries.put(module, key);
            }
        }
    }

    /**
     * Finds the native code for this platform.
     *
     * @throws NativeUnavailableException if there is none
     */
    public static NativeDistribution find(ClassLoader loader) throws NativeUnavailableException {
        String platform = NativePlatform.current();
        String folder = ROOT + platform + "/";
        URL list = loader.getResource(folder + LIST);
        if (list == null) {
            throw new NativeUnavailableException(
                    "there is no native code for "
                            + platform
                            + " on the class path; add io.github.jdbcpglite:jdbc-pglite-native-"
                            + platform,
                    null);
        }
        Properties properties = new Properties();
        try (InputStreamReader in =
                new InputStreamReader(list.openStream(), StandardCharsets.UTF_8)) {
            properties.load(in);
        } catch (IOException | IllegalArgumentException e) {
            throw new NativeUnavailableException(list + " cannot be read", e);
        }
        try {
            return new NativeDistribution(loader, LibraryCache.ofUser(), folder, properties);
        } catch (IOException e) {
            throw notUnpacked("native libraries", e);
        }
    }

    /** Returns whether some library has the code of a module, made of the same build of it. */
    public boolean has(ModuleParts module) {
        return libraries.containsKey(key(module));
    }

    private static String key(ModuleParts module) {
        return module.codeName() + ":" + module.digest();
    }

    /**
     * Loads the engine, and gives the same one ever after.
     *
     * @throws NativeUnavailableException if the system refuses to
     */
    public synchronized NativeEngine engine() throws NativeUnavailableException {
        NativeEngine known = engine;
        if (known == null) {
            load(file(KEY_ENGINE));
            if (!Native.installFaultHandler()) {
                throw new NativeUnavailableException(
                        "the JVM has no handler of faults that could be preceded", null);
            }
            requireAddressSpace();
            known = new NativeEngine(Header.ask(), this);
            engine = known;
        }
        return known;
    }

    /** A limit on it would otherwise be an error of each process. */
    private static void requireAddressSpace() throws NativeUnavailableException {
        long at = Native.reserve();
        if (at == 0) {
            throw new NativeUnavailableException(
                    "the system grants no 8 GiB of address space to a process of PostgreSQL;"
                            + " see ulimit -v and vm.overcommit_memory",
                    null);
        }
        Native.release(at);
    }

    /**
     * Loads the library that has a module, unless that was done.
     *
     * @throws NativeUnavailableException if there is none, or the system refuses to
     */
    synchronized void load(ModuleParts module) throws NativeUnavailableException {
        String key = libraries.get(key(module));
        if (key == null) {
            throw new NativeUnavailableException(
                    "no native library has this build of the module " + module.codeName(), null);
        }
        if (!loaded.contains(key)) {
            load(file(key));
            loaded.add(key);
        }
    }

    private void load(Path file) throws NativeUnavailableException {
        try {
            System.load(file.toString());
        } catch (UnsatisfiedLinkError e) {
            if (!String.valueOf(e.getMessage()).contains(OF_ANOTHER_LOADER)) {
                throw refused(file, e);
            }
            loadCopy(file);
        }
    }

    /** The JVM loads a file for one class loader only, so this one gets a file of its own. */
    private void loadCopy(Path file) throws NativeUnavailableException {
        try {
            Path copy = cache.copyOf(file);
            try {
                System.load(copy.toString());
            } finally {
                Files.delete(copy); // the system has mapped it, if it could
            }
        } catch (UnsatisfiedLinkError | IOException e) {
            throw refused(file, e);
        }
    }

    private static NativeUnavailableException refused(Path file, Throwable why) {
        return new NativeUnavailableException(
                "the system does not load " + file + ": " + why.getMessage(), why);
    }

    private Path file(String key) throws NativeUnavailableException {
        String name = list.getProperty(key, "");
        try {
            return cache.file(
                    name, list.getProperty(key + KEY_SHA256, ""), () -> open(folder + name));
        } catch (IOException e) {
            throw notUnpacked(name, e);
        }
    }

    private static NativeUnavailableException notUnpacked(String what, IOException why) {
        return new NativeUnavailableException(
                what
                        + " cannot be unpacked ("
                        + why.getMessage()
                        + "); -D"
                        + LibraryCache.PROPERTY
                        + " names another folder",
                why);
    }

    private InputStream open(String resource) throws IOException {
        InputStream in = loader.getResourceAsStream(resource);
        if (in == null) {
            throw new IOException("the class path lacks " + resource);
        }
        return in;
    }
}
