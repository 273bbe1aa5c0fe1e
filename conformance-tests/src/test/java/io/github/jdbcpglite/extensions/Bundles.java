package io.github.jdbcpglite.extensions;

import io.github.jdbcpglite.postgres.extension.ExtensionProvider;
import io.github.jdbcpglite.postgres.internal.distribution.ExtensionBundle;
import io.github.jdbcpglite.postgres.internal.distribution.ExtensionUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
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

    /** Returns the artifact that each extension, and each unit without one, comes from. */
    static SortedMap<String, String> artifacts() {
        SortedMap<String, String> artifacts = new TreeMap<>();
        for (ExtensionUnit unit : units()) {
            String artifact = unit.bundle().artifact();
            artifacts.put(unit.name(), artifact);
            unit.extensions().keySet().forEach(name -> artifacts.put(name, artifact));
        }
        return artifacts;
    }
}
