package io.github.jdbcpglite.postgres.internal.opening;

import io.github.jdbcpglite.engine.Engine;
import io.github.jdbcpglite.engine.ModuleParts;
import io.github.jdbcpglite.engine.bytecode.BytecodeEngine;
import io.github.jdbcpglite.engine.nativecode.NativeDistribution;
import io.github.jdbcpglite.engine.nativecode.NativeUnavailableException;
import io.github.jdbcpglite.postgres.cluster.ClusterOption;
import io.github.jdbcpglite.postgres.cluster.ClusterOptions;
import io.github.jdbcpglite.postgres.cluster.EngineChoice;
import io.github.jdbcpglite.postgres.internal.distribution.Distribution;
import io.github.jdbcpglite.postgres.internal.distribution.DistributionException;
import io.github.jdbcpglite.postgres.internal.distribution.StoredModule;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The engines that can run clusters here, and the choice among them. Thread-safe. */
final class Engines {
    /** The JVM's property with the choice for clusters that make none. */
    private static final String PROPERTY = "pglite.engine";

    private final Distribution image;
    private final Map<Engine, StoredTemplates> templates = new HashMap<>();
    private @Nullable NativeDistribution nativeCode;
    private @Nullable NativeUnavailableException unavailable;
    private boolean hasLooked;

    Engines(Distribution image) {
        this.image = image;
    }

    Distribution image() {
        return image;
    }

    /** Returns what clusters of an engine are made from. */
    synchronized StoredTemplates templates(Engine engine) {
        return templates.computeIfAbsent(engine, key -> new StoredTemplates(image, key));
    }

    /**
     * Chooses for a cluster.
     *
     * @param libraries what its sessions may load beside PostgreSQL's own
     * @throws DistributionException if there is not what was asked for
     */
    StoredTemplates choose(ClusterOptions options, Collection<StoredModule> libraries) {
        EngineChoice choice = options.get(ClusterOption.ENGINE).orElseGet(Engines::usualChoice);
        if (options.get(ClusterOption.TEMPLATE).orElse(null) instanceof FrozenCluster source) {
            return ofTemplate(source.engine(), choice);
        }
        if (choice == EngineChoice.BYTECODE) {
            return templates(BytecodeEngine.INSTANCE);
        }
        try {
            return templates(nativeEngine(libraries));
        } catch (NativeUnavailableException e) {
            if (choice == EngineChoice.NATIVE) {
                throw new DistributionException("pglite.engine=native: " + e.getMessage(), e);
            }
            tellOnce(e);
            return templates(BytecodeEngine.INSTANCE);
        }
    }

    /** A clone goes on with the memory of its template, which only the template's engine can. */
    private StoredTemplates ofTemplate(Engine engine, EngineChoice choice) {
        String wanted = choice.name().toLowerCase(Locale.ROOT);
        if (choice != EngineChoice.AUTO && !engine.name().equals(wanted)) {
            throw new DistributionException(
                    "pglite.engine="
                            + wanted
                            + ", but the template's cluster runs as "
                            + engine.name()
                            + "; a clone has its template's engine");
        }
        return templates(engine);
    }

    /** Returns the templates of a cluster for which nothing special is asked. */
    StoredTemplates usual() {
        return choose(ClusterOptions.named(""), List.of());
    }

    private static EngineChoice usualChoice() {
        String value = System.getProperty(PROPERTY, EngineChoice.AUTO.name());
        try {
            return EngineChoice.valueOf(value.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw new DistributionException(
                    "the JVM's property "
                            + PROPERTY
                            + " is "
                            + value
                            + "; it can be auto, native or bytecode",
                    e);
        }
    }

    private Engine nativeEngine(Collection<StoredModule> libraries)
            throws NativeUnavailableException {
        NativeDistribution code = nativeCode();
        requireCode(code, image.main().path(), image.main().parts());
        for (StoredModule library : image.sideModules()) {
            requireCode(code, library.path(), library.parts());
        }
        for (StoredModule library : libraries) {
            requireCode(code, library.path(), library.parts());
        }
        return code.engine();
    }

    private static void requireCode(NativeDistribution code, String path, ModuleParts module)
            throws NativeUnavailableException {
        if (!code.has(module)) {
            throw new NativeUnavailableException(
                    "the native code on the class path has none for this build of "
                            + path
                            + "; use jdbc-pglite-native of the version of the jar with it",
                    null);
        }
    }

    private synchronized NativeDistribution nativeCode() throws NativeUnavailableException {
        if (!hasLooked) {
            hasLooked = true;
            try {
                nativeCode = NativeDistribution.find(Engines.class.getClassLoader());
            } catch (NativeUnavailableException e) {
                unavailable = e;
            }
        }
        NativeDistribution found = nativeCode;
        if (found == null) {
            String why = unavailable == null ? "" : String.valueOf(unavailable.getMessage());
            throw new NativeUnavailableException(why, unavailable);
        }
        return found;
    }

    private synchronized void tellOnce(NativeUnavailableException why) {
        if (!templates.containsKey(BytecodeEngine.INSTANCE)) {
            System.getLogger(Engines.class.getName())
                    .log(
                            System.Logger.Level.DEBUG,
                            "clusters run as bytecode: {0}",
                            why.getMessage());
        }
    }
}
