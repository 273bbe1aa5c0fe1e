package io.github.jdbcpglite.wasm.image;

import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;

/** The properties of an image or of a bundle of extensions; what they lack fails by name. */
final class ImageProperties {
    private final ImageResources resources;
    private final String resource;
    private final Properties properties;

    private ImageProperties(ImageResources resources, String resource, Properties properties) {
        this.resources = resources;
        this.resource = resource;
        this.properties = properties;
    }

    /**
     * Reads a resource.
     *
     * @throws ImageException if it is missing or damaged
     */
    static ImageProperties read(ImageResources resources, String resource) {
        Properties properties = new Properties();
        byte[] text = resources.read(resource);
        try {
            properties.load(new StringReader(new String(text, StandardCharsets.UTF_8)));
        } catch (IOException | IllegalArgumentException e) {
            throw resources.damaged(resource, e);
        }
        return new ImageProperties(resources, resource, properties);
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

    MainImage main() {
        return new MainImage(
                resources,
                required(ImageLayout.MAIN + ImageLayout.MODULE_PATH),
                required(ImageLayout.MAIN + ImageLayout.MODULE_TEMPLATE),
                required(ImageLayout.MAIN + ImageLayout.MODULE_MEMORY),
                required(ImageLayout.MAIN + ImageLayout.MODULE_MACHINE));
    }

    ModuleImage module(String prefix) {
        return new ModuleImage(
                resources,
                required(prefix + ImageLayout.MODULE_PATH),
                required(prefix + ImageLayout.MODULE_WASM),
                required(prefix + ImageLayout.MODULE_MACHINE));
    }

    List<ModuleImage> sideModules() {
        List<ModuleImage> sides = new ArrayList<>();
        int count = number(ImageLayout.KEY_SIDE_COUNT);
        for (int i = 0; i < count; i++) {
            sides.add(module(ImageLayout.SIDE + i));
        }
        return List.copyOf(sides);
    }
}
