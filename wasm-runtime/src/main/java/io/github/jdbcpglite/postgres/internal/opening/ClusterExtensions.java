package io.github.jdbcpglite.postgres.internal.opening;

import io.github.jdbcpglite.engine.Engine;
import io.github.jdbcpglite.engine.LibraryModule;
import io.github.jdbcpglite.postgres.cluster.ClusterOption;
import io.github.jdbcpglite.postgres.cluster.ClusterOptions;
import io.github.jdbcpglite.postgres.extension.ExtensionProvider;
import io.github.jdbcpglite.postgres.internal.distribution.Distribution;
import io.github.jdbcpglite.postgres.internal.distribution.DistributionException;
import io.github.jdbcpglite.postgres.internal.distribution.ExtensionBundle;
import io.github.jdbcpglite.postgres.internal.distribution.ExtensionUnit;
import io.github.jdbcpglite.postgres.internal.distribution.StoredModule;
import java.lang.ref.WeakReference;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The extensions that a cluster's sessions may create. Immutable. */
final class ClusterExtensions {
    private static final String PROPERTY = "pglite.extensions";

    private final List<ExtensionUnit> available;
    private final Set<ExtensionUnit> visible;
    private final Map<String, StoredModule> modules = new LinkedHashMap<>();

    private ClusterExtensions(List<ExtensionUnit> available, Set<ExtensionUnit> visible) {
        this.available = available;
        this.visible = visible;
        for (ExtensionUnit unit : visible) {
            unit.modules().forEach(module -> modules.put(module.path(), module));
        }
    }

    /**
     * Finds the extensions on the class path and selects those that the cluster may load.
     *
     * @throws DistributionException if one on the class path is damaged, there twice, or made for
     *     another image, or one that was asked for is absent
     */
    static ClusterExtensions find(Distribution image, ClusterOptions options) {
        Map<String, ExtensionUnit> units = new LinkedHashMap<>();
        for (ExtensionBundle bundle :
                bundles(options.get(ClusterOption.CLASS_LOADER).map(WeakReference::get))) {
            bundle.checkFits(image);
            for (ExtensionUnit unit : bundle.units()) {
                ExtensionUnit other = units.putIfAbsent(unit.name(), unit);
                if (other != null) {
                    throw new DistributionException(
                            "the extension "
                                    + unit.name()
                                    + " is on the class path twice, in "
                                    + other.bundle()
                                    + " and "
                                    + bundle);
                }
            }
        }
        List<ExtensionUnit> available = List.copyOf(units.values());
        Optional<List<String>> wanted = options.get(ClusterOption.EXTENSIONS);
        return new ClusterExtensions(
                available,
                wanted.isPresent()
                        ? select(available, wanted.get())
                        : new LinkedHashSet<>(available));
    }

    private static Collection<ExtensionBundle> bundles(Optional<ClassLoader> application) {
        Map<String, ExtensionBundle> bundles = new LinkedHashMap<>();
        try {
            ClassLoader own = ClusterExtensions.class.getClassLoader();
            add(bundles, own);
            if (application.isPresent()
                    && application.get() != own
                    && knowsThisLibrary(application.get())) {
                add(bundles, application.get());
            }
        } catch (ServiceConfigurationError e) {
            throw new DistributionException("the extensions on the class path cannot be listed", e);
        }
        return bundles.values();
    }

    /** A loader with another copy of this library has providers for that copy. */
    private static boolean knowsThisLibrary(ClassLoader loader) {
        try {
            return loader.loadClass(ExtensionProvider.class.getName()) == ExtensionProvider.class;
        } catch (ClassNotFoundException e) {
            return false;
        }
    }

    /**
     * Adds a loader's bundles; one that another loader has too, as a class of its own, does not
     * count.
     */
    private static void add(Map<String, ExtensionBundle> bundles, ClassLoader loader) {
        for (ExtensionProvider provider : ServiceLoader.load(ExtensionProvider.class, loader)) {
            ExtensionBundle bundle = ExtensionBundle.of(provider);
            bundles.putIfAbsent(bundle.name(), bundle);
        }
    }

    /** Returns the units named, and those that these need. */
    private static Set<ExtensionUnit> select(List<ExtensionUnit> available, List<String> wanted) {
        Set<ExtensionUnit> selected = new LinkedHashSet<>();
        Deque<String> left = new ArrayDeque<>(wanted);
        while (!left.isEmpty()) {
            String name = left.remove();
            boolean found = name.equals("plpgsql");
            for (ExtensionUnit unit : available) {
                if (unit.answersTo(name)) {
                    found = true;
                    if (selected.add(unit)) {
                        left.addAll(unit.requires());
                    }
                }
            }
            if (!found) {
                throw new DistributionException(
                        PROPERTY + " names " + name + ", but " + notOnTheClassPath(name));
            }
        }
        return selected;
    }

    private static String notOnTheClassPath(String name) {
        String artifact = ExtensionNames.artifactOf(name);
        return artifact == null
                ? "no extension of that name is on the class path"
                : "it is not on the class path; add " + artifact;
    }

    /** Returns the libraries that sessions may load. */
    Collection<StoredModule> modules() {
        return modules.values();
    }

    /** Returns the units that sessions see. */
    Set<ExtensionUnit> visible() {
        return visible;
    }

    /**
     * Returns a library for an engine, or {@code null} if none that sessions see has that path in
     * the guest.
     */
    @Nullable LibraryModule module(Engine engine, String path) {
        StoredModule module = modules.get(path);
        return module == null ? null : module.library(engine);
    }

    /**
     * Returns what to say to a session that asks for an extension it cannot see, or {@code null} if
     * there is nothing better than PostgreSQL's own words.
     */
    @Nullable String hint(String name) {
        if (visible.stream().anyMatch(unit -> unit.answersTo(name))) {
            return null;
        }
        if (available.stream().anyMatch(unit -> unit.answersTo(name))) {
            return PROPERTY + " leaves it out; add it there.";
        }
        String artifact = ExtensionNames.artifactOf(name);
        if (artifact != null) {
            return "Add " + artifact + " to the class path.";
        }
        return ExtensionNames.cannotBeLoaded(name)
                ? "It cannot be loaded here; docs/EXTENSIONS.md of jdbc-pglite says why."
                : null;
    }

    /**
     * Checks the libraries that are to be loaded when the cluster starts.
     *
     * @param setting the value of {@code shared_preload_libraries}
     * @throws DistributionException naming one that is not visible though a jar of this project has
     *     it
     */
    void checkPreloaded(String setting) {
        if (setting.isEmpty()) {
            return; // without loading the names of all extensions
        }
        for (String each : setting.split(",", -1)) {
            String name = each.strip().replace("\"", "").replace("$libdir/", "");
            String hint = hint(name);
            if (hint != null) {
                throw new DistributionException(
                        "shared_preload_libraries names " + name + ", which is not there. " + hint);
            }
        }
    }
}
