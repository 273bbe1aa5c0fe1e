package io.github.jdbcpglite.postgres.internal.distribution;

import java.util.List;
import java.util.Set;
import java.util.SortedMap;

/**
 * What one archive of PGlite holds, which is visible to a cluster as a whole or not at all: one
 * extension, several, or a library without one.
 *
 * @param name the archive's name
 * @param bundle the bundle it is part of
 * @param extensions the extensions by name, with the version that CREATE EXTENSION makes
 * @param libraries names of the libraries, without their suffix
 * @param requires extensions of other units that its extensions need
 * @param files its files and their directories by absolute path, parents first
 * @param modules its compiled libraries
 */
public record ExtensionUnit(
        String name,
        ExtensionBundle bundle,
        SortedMap<String, String> extensions,
        Set<String> libraries,
        List<String> requires,
        List<SharedFile> files,
        List<StoredModule> modules) {

    /** Returns whether a name means this unit: its own, an extension's or a library's. */
    public boolean answersTo(String wanted) {
        return name.equals(wanted) || extensions.containsKey(wanted) || libraries.contains(wanted);
    }

    @Override
    public String toString() {
        return name + " of " + bundle;
    }
}
