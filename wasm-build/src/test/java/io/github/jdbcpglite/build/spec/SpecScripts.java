package io.github.jdbcpglite.build.spec;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/** The scripts; {@code src/test/resources/spec/README.md} says where they are from. */
public final class SpecScripts {
    private static final String SCRIPTS = "/spec/core.zip";

    private SpecScripts() {}

    /** Returns the lines of each script by its name. */
    public static Map<String, List<String>> all() throws IOException {
        Map<String, List<String>> scripts = new TreeMap<>();
        try (InputStream resource = SpecScripts.class.getResourceAsStream(SCRIPTS);
                ZipInputStream zip = new ZipInputStream(Objects.requireNonNull(resource))) {
            ZipEntry entry;
            while ((entry = zip.getNextEntry()) != null) {
                String text = new String(zip.readAllBytes(), StandardCharsets.UTF_8);
                scripts.put(entry.getName(), text.lines().toList());
            }
        }
        return scripts;
    }
}
