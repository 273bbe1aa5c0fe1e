package io.github.jdbcpglite.extensions;

import io.github.jdbcpglite.postgres.extension.ExtensionProvider;
import io.github.jdbcpglite.postgres.internal.distribution.ExtensionBundle;
import io.github.jdbcpglite.postgres.internal.distribution.ExtensionUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** What the bundles on the class path hold. */
final class Bundles {
    private Bundles() {}

    private static List<ExtensionUnit> units() {
        return ServiceLoader.load(ExtensionProvider.class).stream()
                .flatMap(provider -> ExtensionBundle.of(provider.get()).units().stream())
                .toList();
    }

    /** Returns the names that CREATE EXTENSION takes, those of PostgreSQL itself included. */
    static List<String> extensions() {
        List<String> names = new ArrayList<>(List.of("plpgsql"));
        units().forEach(unit -> names.addAll(unit.extensions().keySet()));
        return List.copyOf(names);
    }

    /** Returns the artifact of each extension, and of each library without one. */
    static SortedMap<String, String> artifacts() {
        SortedMap<String, String> artifacts = new TreeMap<>();
        for (ExtensionUnit unit : units()) {
            Set<String> names = unit.extensions().keySet();
            (names.isEmpty() ? Set.of(unit.name()) : names)
                    .forEach(name -> artifacts.put(name, unit.bundle().artifact()));
        }
        return artifacts;
    }

    /**
     * Returns the artifact of whatever a cluster can be asked for, archives of several included.
     */
    static SortedMap<String, String> artifactsOfAllNames() {
        SortedMap<String, String> artifacts = artifacts();
        units().forEach(unit -> artifacts.put(unit.name(), unit.bundle().artifact()));
        return artifacts;
    }
}
