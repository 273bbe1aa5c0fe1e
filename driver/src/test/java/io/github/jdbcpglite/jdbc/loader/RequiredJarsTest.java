package io.github.jdbcpglite.jdbc.loader;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is missing, or too old, is named. */
@Timeout(value = 240, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class RequiredJarsTest {
    private static final ClassLoader JDK = ClassLoader.getPlatformClassLoader();

    /** Versions of pgjdbc that the build has put there. */
    private static final Path OTHER_VERSIONS = Path.of("target", "pgjdbc");

    @ParameterizedTest
    @CsvSource({
        "postgresql-, org.postgresql:postgresql",
        "wasm-runtime, io.github.jdbcpglite:jdbc-pglite-wasm-runtime",
        "pglite-image, jdbc-pglite-image",
        "chicory/runtime, com.dylibso.chicory:runtime",
        "chicory/wasm, com.dylibso.chicory:wasm"
    })
    void aMissingJarIsNamed(String part, String artifact) throws Exception {
        List<Path> rest = Loaders.entries(path -> !path.toString().contains(part));
        try (URLClassLoader incomplete = Loaders.loader(JDK, rest)) {
            SQLException refusal = Loaders.refusal(incomplete);
            assertThat(refusal.getSQLState()).isEqualTo("08001");
            assertThat(refusal.getMessage()).contains(artifact);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"42.2.29", "42.3.1"})
    void anOldPgjdbcIsNamed(String version) throws Exception {
        try (URLClassLoader old = Loaders.loader(JDK, withPgjdbc(version))) {
            assertThat(Loaders.refusal(old).getMessage())
                    .contains("org.postgresql:postgresql " + version + " is too old")
                    .contains("needs 42.3.2 or later")
                    .contains("postgresql-" + version + ".jar");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"42.3.2", "42.5.6", "42.7.12"})
    void olderVersionsOfPgjdbcWork(String version) throws Exception {
        try (URLClassLoader older = Loaders.loader(JDK, withPgjdbc(version))) {
            assertThat(Loaders.answer(older, null)).isEqualTo(42);
            Loaders.deregister(older);
        }
    }

    /** They look for the socket factory in their own class loader only. */
    @Test
    void anOlderPgjdbcInAnotherClassLoaderIsNamed() throws Exception {
        List<Path> entries = Loaders.entries(Loaders.PGJDBC.negate());
        try (URLClassLoader shared = Loaders.loader(JDK, List.of(pgjdbc("42.7.12")));
                URLClassLoader application = Loaders.loader(shared, entries)) {
            assertThat(Loaders.refusal(application).getMessage())
                    .contains("use org.postgresql:postgresql 42.7.13 or later");
            Loaders.deregister(application);
        }
    }

    private static List<Path> withPgjdbc(String version) {
        List<Path> entries = new ArrayList<>(Loaders.entries(Loaders.PGJDBC.negate()));
        entries.add(pgjdbc(version));
        return entries;
    }

    private static Path pgjdbc(String version) {
        Path jar = OTHER_VERSIONS.resolve("postgresql-" + version + ".jar");
        assertThat(Files.exists(jar)).as(jar + " is there").isTrue();
        return jar;
    }
}
