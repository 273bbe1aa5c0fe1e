package io.github.jdbcpglite.postgres.internal.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.jdbcpglite.postgres.extension.ExtensionProvider;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
final class ExtensionBundleTest {
    private static final String INDEX =
            "d 755 0 /lib\nf 755 0 /lib/a.so\nf 644 5 /share/a.control\n";

    /** Loaded once by each test's own loader, from there with the bundle beside it. */
    public static final class Provider implements ExtensionProvider {}

    @TempDir Path directory;

    private Path root;
    private OwnLoader loader;

    /** Defines the provider itself, so that each test has a bundle of its own. */
    private static final class OwnLoader extends URLClassLoader {
        OwnLoader(URL url) {
            super(new URL[] {url}, ExtensionBundleTest.class.getClassLoader());
        }

        ExtensionProvider provider() throws IOException, ReflectiveOperationException {
            String name = Provider.class.getName();
            try (InputStream in = getResourceAsStream(name.replace('.', '/') + ".class")) {
                byte[] bytes = in.readAllBytes();
                return (ExtensionProvider)
                        defineClass(name, bytes, 0, bytes.length)
                                .getDeclaredConstructor()
                                .newInstance();
            }
        }
    }

    @BeforeEach
    void writeBundle() throws IOException {
        root =
                Files.createDirectories(
                        directory.resolve(
                                Provider.class.getPackageName().replace('.', '/') + "/bundle"));
        loader = new OwnLoader(directory.toUri().toURL());
        write("units/u.index", INDEX);
        write("units/u/share/a.control", "hello");
        write("lib/a/module.wasm", "not looked into");
        write("bundle.properties", properties());
    }

    @AfterEach
    void close() throws IOException {
        loader.close();
    }

    private static String properties() {
        return """
        format=2
        name=test
        artifact=group:test
        pglite.version=9.9
        pglite.wasm.sha256=abc
        unit.count=1
        unit.0.name=u
        unit.0.extensions=a 1.2,b 3
        unit.0.libraries=a
        unit.0.requires=c
        unit.0.index.sha256=SHA
        side.count=1
        side.0.path=/lib/a.so
        side.0.wasm=lib/a/module.wasm
        side.0.machine=MACHINE
        side.0.sha256=2
        """
                .replace("SHA", sha256(INDEX))
                .replace("MACHINE", FortyTwoMachine.class.getName());
    }

    private static String sha256(String text) {
        try {
            return HexFormat.of()
                    .formatHex(
                            MessageDigest.getInstance("SHA-256")
                                    .digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    private void write(String path, String text) throws IOException {
        Path file = root.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private ExtensionBundle load() throws IOException, ReflectiveOperationException {
        return ExtensionBundle.of(loader.provider());
    }

    private void assertDamaged(String... parts) {
        assertThatThrownBy(this::load)
                .isInstanceOf(DistributionException.class)
                .hasMessageContainingAll(parts)
                .hasMessageContaining(Provider.class.getName());
    }

    @Test
    void tellsWhatIsInIt() throws IOException, ReflectiveOperationException {
        ExtensionBundle bundle = load();
        assertThat(bundle.name()).isEqualTo("test");
        assertThat(bundle.artifact()).isEqualTo("group:test");
        ExtensionUnit unit = bundle.units().get(0);
        assertThat(unit.extensions()).containsEntry("a", "1.2").containsEntry("b", "3");
        assertThat(unit.requires()).containsExactly("c");
        assertThat(unit.answersTo("u")).isTrue();
        assertThat(unit.answersTo("b")).isTrue();
        assertThat(unit.answersTo("c")).isFalse();
        assertThat(unit.modules()).hasSize(1);
        assertThat(unit.files()).hasSize(3);
        assertThat(unit.files().get(2).entry().load())
                .asString(StandardCharsets.UTF_8)
                .isEqualTo("hello");
    }

    @Test
    void oneProviderHasOneBundle() throws IOException, ReflectiveOperationException {
        ExtensionProvider provider = loader.provider();
        assertThat(ExtensionBundle.of(provider)).isSameAs(ExtensionBundle.of(provider));
    }

    @Test
    void namesTheFormatItCannotRead() throws IOException {
        write("bundle.properties", properties().replace("format=2", "format=3"));
        assertDamaged("format 3", "format 2");
    }

    @Test
    void namesAListThatWasChanged() throws IOException {
        write("units/u.index", INDEX + "f 644 1 /more\n");
        assertDamaged("units/u.index");
    }

    @Test
    void namesAPartThatIsMissing() throws IOException {
        Files.delete(root.resolve("lib/a/module.wasm"));
        assertDamaged("lib/a/module.wasm is missing");
    }

    @Test
    void namesAClassThatIsMissing() throws IOException {
        write(
                "bundle.properties",
                properties().replace(FortyTwoMachine.class.getName(), "no.such.Machine"));
        assertDamaged("no.such.Machine is missing");
    }

    @Test
    void namesAPropertyThatIsMissing() throws IOException {
        write("bundle.properties", properties().replace("unit.0.requires", "other"));
        assertDamaged("unit.0.requires");
    }

    @Test
    void namesPropertiesThatAreMissing() throws IOException {
        Files.delete(root.resolve("bundle.properties"));
        assertDamaged("bundle.properties");
    }
}
