package io.github.jdbcpglite.postgres.internal.distribution;

import io.github.jdbcpglite.engine.ModuleParts;
import java.io.InputStream;
import java.util.Map;

/**
 * The parts of a module among the resources of a distribution.
 *
 * @param resources where they are
 * @param codeName the name of its code
 * @param digest what tells it from the same module of another build
 * @param names the parts that are stored, by the path of their resource
 */
record StoredParts(
        DistributionResources resources,
        String codeName,
        String digest,
        Map<ModuleParts.Part, String> names)
        implements ModuleParts {
    @Override
    public ClassLoader loader() {
        return resources.loader();
    }

    @Override
    public boolean has(Part part) {
        return names.containsKey(part);
    }

    @Override
    public InputStream open(Part part) {
        String name = names.get(part);
        if (name == null) {
            throw resources.damaged(codeName + " has no stored " + part);
        }
        return resources.open(name);
    }

    /**
     * Looks whether all of them are there, without reading them.
     *
     * @throws DistributionException naming the one that is missing
     */
    void check() {
        for (String name : names.values()) {
            if (!resources.exists(name)) {
                throw resources.damaged(name + " is missing");
            }
        }
        String classFile = codeName.replace('.', '/') + ".class";
        if (resources.loader().getResource(classFile) == null) {
            throw resources.damaged("the class " + codeName + " is missing");
        }
    }
}
