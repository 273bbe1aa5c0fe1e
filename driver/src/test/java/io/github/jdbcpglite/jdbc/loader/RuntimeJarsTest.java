package io.github.jdbcpglite.jdbc.loader;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What an application gets with the driver. RATIONALE.md says why each jar is needed. */
final class RuntimeJarsTest {
    /** Group and artifact, in a line of {@code dependency:list}. */
    private static final Pattern LINE = Pattern.compile("^ +([^: ]+:[^: ]+):");

    @Test
    void theseAndNoMore() throws IOException {
        List<String> jars =
                Files.readAllLines(Path.of("target", "runtime-jars.txt")).stream()
                        .map(LINE::matcher)
                        .filter(Matcher::find)
                        .map(line -> line.group(1))
                        .toList();
        assertThat(jars)
                .containsExactlyInAnyOrder(
                        "io.github.jdbcpglite:jdbc-pglite-wasm-runtime",
                        "io.github.jdbcpglite:jdbc-pglite-image",
                        "org.postgresql:postgresql",
                        "com.dylibso.chicory:runtime",
                        "com.dylibso.chicory:wasm");
    }
}
