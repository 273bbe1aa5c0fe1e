package io.github.jdbcpglite.postgres.internal.distribution;

import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;

/** The properties of an image or of a bundle of extensions; what they lack fails by name. */
final class DistributionProperties {
    private final DistributionResources resources;
    private final String resource;
    private final Properties properties;

    private DistributionProperties(
            DistributionResources resources, String resource, Properties properties) {
        this.resources = resources;
        this.resource = resource;
        this.properties = properties;
    }

    /**
     * Reads a resource.
     *
     * @throws DistributionException if it is missing or damaged
     */
    static DistributionProperties read(DistributionResources resources, String resource) {
        Properties properties = new Properties();
        byte[] text = resources.read(resource);
        try {
            properties.load(new StringReader(new String(text, StandardCharsets.UTF_8)));
        } catch (IOException | IllegalArgumentException e) {
            throw resources.damaged(resource, e);
        }
        return new DistributionProperties(resources, resource, properties);
    }

    String required(String key) {
        String value = properties.getProperty(key);
        if (value == null) {
            throw resources.damaged(resource + " has no " + key);
        }
        return value;
    }

    int number(String key) {
        String value = required(key);
        try {
            return Integer.parseInt(value);
        } catch (NumberFormatException e) {
            throw resources.damaged(key + " is '" + value + "'", e);
        }
    }

    /** Returns the parts of a comma-separated list. */
    List<String> list(String key) {
        String value = required(key);
        return value.isEmpty() ? List.of() : List.of(value.split(",", -1));
    }

    StoredMainModule main() {
        return new StoredMainModule(
                resources,
                required(DistributionLayout.MAIN + DistributionLayout.MODULE_PATH),
                required(DistributionLayout.MAIN + DistributionLayout.MODULE_TEMPLATE),
                required(DistributionLayout.MAIN + DistributionLayout.MODULE_MEMORY),
                required(DistributionLayout.MAIN + DistributionLayout.MODULE_MACHINE),
                required(DistributionLayout.MAIN + DistributionLayout.MODULE_SHA256));
    }

    StoredModule module(String prefix) {
        return new StoredModule(
                resources,
                required(prefix + DistributionLayout.MODULE_PATH),
                required(prefix + DistributionLayout.MODULE_WASM),
                required(prefix + DistributionLayout.MODULE_MACHINE),
                required(prefix + DistributionLayout.MODULE_SHA256));
    }

    List<StoredModule> sideModules() {
        List<StoredModule> sides = new ArrayList<>();
        int count = number(DistributionLayout.KEY_SIDE_COUNT);
        for (int i = 0; i < count; i++) {
            sides.add(module(DistributionLayout.SIDE + i));
        }
        return List.copyOf(sides);
    }
}
