package io.github.jdbcpglite.extensions;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jdbcpglite.postgres.internal.opening.ExtensionNames;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What messages and pages say about extensions is what the jars hold. */
final class ExtensionNamesTest {
    private static final Path PAGE =
            Path.of(System.getProperty("conformance.docs", "../docs"), "EXTENSIONS.md");

    /** A row of the page that names an extension that loads, and its artifact. */
    private static final Pattern ROW =
            Pattern.compile("^\\| ([\\w-]+) \\|.*\\| `([\\w-]+)`, [^|]*\\|$", Pattern.MULTILINE);

    @Test
    void hintsNameTheJarOfEachExtension() {
        assertThat(new TreeMap<>(ExtensionNames.artifacts()))
                .as("the names in ExtensionNames")
                .isEqualTo(Bundles.artifactsOfAllNames());
    }

    @Test
    void thePageHasARowOfEachExtension() throws IOException {
        SortedMap<String, String> rows = new TreeMap<>();
        ROW.matcher(Files.readString(PAGE))
                .results()
                .forEach(row -> rows.put(row.group(1), "io.github.jdbcpglite:" + row.group(2)));
        assertThat(rows).as("the rows of %s", PAGE).isEqualTo(Bundles.artifacts());
    }
}
