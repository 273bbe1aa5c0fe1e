package io.github.jdbcpglite.postgres.internal.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.dylibso.chicory.runtime.Instance;
import io.github.jdbcpglite.engine.Engine;
import io.github.jdbcpglite.engine.LibraryModule;
import io.github.jdbcpglite.engine.bytecode.BytecodeEngine;
import io.github.jdbcpglite.engine.bytecode.CompiledModule;
import io.github.jdbcpglite.engine.bytecode.GeneratedModules;
import io.github.jdbcpglite.postgres.internal.binary.PgBinary;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
final class DistributionTest {
    private static final Engine ENGINE = BytecodeEngine.INSTANCE;

    /** A module with a function {@code f} of type () to i32, whose body is unreachable. */
    private static final byte[] WASM = {
        0, 'a', 's', 'm', 1, 0, 0, 0, 1, 5, 1, 0x60, 0, 1, 0x7F, 3, 2, 1, 0, 7, 5, 1, 1, 'f', 0, 0,
        10, 5, 1, 3, 0, 0, 11
    };

    private static final String PROPERTIES =
            """
            format=3
            pglite.version=9.9
            postgres.version=18.6
            pglite.wasm.sha256=abc
            main.path=/bin/main
            main.template=main.template
            main.memory=main.memory
            main.machine=%1$s
            main.sha256=1
            side.count=1
            side.0.path=/lib/s.so
            side.0.wasm=side.wasm
            side.0.machine=%1$s
            side.0.sha256=2
            """
                    .replace("%1$s", FortyTwoMachine.class.getName());

    @TempDir Path directory;

    private Path root;
    private URLClassLoader loader;

    @BeforeEach
    void writeImage() throws IOException {
        root = Files.createDirectories(directory.resolve(DistributionLayout.ROOT));
        loader =
                new URLClassLoader(
                        new URL[] {directory.toUri().toURL()}, getClass().getClassLoader());
        write("image.properties", PROPERTIES);
        Files.write(root.resolve("side.wasm"), WASM);
        write("files.index", "d 755 0 /a b\nf 644 5 /a b/c d\nf 600 9 /gone\nf 600 9 /short\n");
        write("files/a b/c d", "hello");
        write("files/short", "1234");
        write("pgdata.index", "f 600 3 PG_VERSION\n");
        write("pgdata/PG_VERSION", "18\n");
    }

    @AfterEach
    void close() throws IOException {
        loader.close();
    }

    @Test
    void readsAFileOfExactlyTheDeclaredSize() throws IOException {
        write("files.index", "f 644 4 /long\n");
        write("files/long", "12345");
        assertThatThrownBy(load().bundleFiles().get(0)::load)
                .isInstanceOf(DistributionException.class)
                .hasMessageContaining("more bytes instead of 4");
    }

    @ParameterizedTest
    @ValueSource(strings = {"x 644 1 /a", "f 644 1", "f 644  /a", "f 849 1 /a", "f 644 y /a", "f"})
    void saysThatAListIsDamaged(String line) throws IOException {
        write("files.index", line + "\n");
        assertThatThrownBy(load()::bundleFiles)
                .isInstanceOf(DistributionException.class)
                .hasMessageContaining("files.index");
    }

    @Test
    void namesTheFirstClassThatIsMissing() throws IOException {
        write("boot/first.classes", "java.lang.String\nno.such.Thing\nno.such.Other\n");
        assertThatThrownBy(load().boot()::loadFirstClasses)
                .isInstanceOf(DistributionException.class)
                .hasMessageContaining("no.such.Thing");
    }

    private void write(String path, String text) throws IOException {
        Path file = root.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private Distribution load() {
        return Distribution.load(loader);
    }

    @Test
    void runsASideModuleOnItsMachine() {
        Distribution image = load();
        CompiledModule side = (CompiledModule) image.sideModules().get(0).library(ENGINE);
        Instance instance =
                GeneratedModules.configure(Instance.builder(side.module()), side.machineFactory())
                        .build();
        assertThat(instance.export("f").apply()).containsExactly(42);
        assertThat(image.main().path()).isEqualTo("/bin/main");
        assertThat(image.pgliteVersion()).isEqualTo("9.9");
        assertThat(image.postgresVersion()).isEqualTo("18.6");
        assertThat(image.wasmSha256()).isEqualTo("abc");
    }

    @Test
    void readsFilesWhenAskedFor() throws IOException {
        List<StoredFile> files = load().bundleFiles();
        assertThat(files).extracting(StoredFile::path).startsWith("/a b", "/a b/c d");
        assertThat(files.get(0).isDirectory()).isTrue();
        StoredFile file = files.get(1);
        assertThat(file.mode()).isEqualTo(0644);
        assertThat(file.size()).isEqualTo(5);
        assertThat(file.load()).asString(StandardCharsets.UTF_8).isEqualTo("hello");
        try (var stream = file.open()) {
            assertThat(stream).hasContent("hello");
        }
        assertThat(load().pgdataFiles().get(0).load()).hasSize(3);
    }

    @Test
    void theBootedDataDirectoryIsTheInitialOneWithChanges() throws IOException {
        write("pgdata.index", "f 600 3 PG_VERSION\nd 700 0 base\nf 600 4 gone\n");
        write("boot/pgdata.index", "f 600 2 base/1\nf 600 5 PG_VERSION\n");
        write("boot/pgdata.gone", "gone\n");
        write("boot/pgdata/PG_VERSION", "18.6\n");
        write("boot/settings", "a=b\n");
        List<StoredFile> files = load().boot().pgdataFiles();
        assertThat(files)
                .extracting(StoredFile::path)
                .containsExactly("PG_VERSION", "base", "base/1");
        assertThat(files.get(0).load()).asString(StandardCharsets.UTF_8).isEqualTo("18.6\n");
        assertThat(load().boot().settings()).isEqualTo("a=b\n");
        assertThatThrownBy(() -> load().boot().memory(ENGINE))
                .isInstanceOf(DistributionException.class)
                .hasMessageContaining("boot/cluster.image");
    }

    @Test
    void aDirectoryHasNoContents() {
        StoredFile entry = load().bundleFiles().get(0);
        assertThatThrownBy(entry::load).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(entry::open).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void findsSideModulesByPathAndReadsThemLate() throws IOException {
        Files.delete(root.resolve("side.wasm"));
        Distribution image = load();
        assertThat(image.sideModule("/lib/other.so")).isEmpty();
        StoredModule side = image.sideModule("/lib/s.so").orElseThrow();
        assertThatThrownBy(() -> side.library(ENGINE))
                .isInstanceOf(DistributionException.class)
                .hasMessageContaining("side.wasm");
    }

    @Test
    void saysWhatIsMissingOrDamaged() throws IOException {
        List<StoredFile> files = load().bundleFiles();
        assertThatThrownBy(files.get(2)::load)
                .isInstanceOf(DistributionException.class)
                .hasMessageContaining("files/gone");
        assertThatThrownBy(files.get(3)::load)
                .isInstanceOf(DistributionException.class)
                .hasMessageContaining("4 bytes instead of 9");
        write("side.wasm", "no module");
        assertThatThrownBy(() -> load().sideModules().get(0).library(ENGINE))
                .isInstanceOf(DistributionException.class)
                .hasMessageContaining("side.wasm");
        assertThatThrownBy(() -> load().main().module(ENGINE))
                .isInstanceOf(DistributionException.class)
                .hasMessageContaining("no main.template");
        write("main.template", "short");
        assertThatThrownBy(() -> load().main().module(ENGINE))
                .isInstanceOf(DistributionException.class)
                .hasMessageContaining("damaged: main.template");
        write("files.index", "x 755 0 /a\n");
        assertThatThrownBy(load()::bundleFiles)
                .isInstanceOf(DistributionException.class)
                .hasMessageContaining("files.index");
    }

    @Test
    void factsOfAnotherBinaryAreRefusedByName() throws IOException {
        assertThatThrownBy(() -> load().binary())
                .isInstanceOf(DistributionException.class)
                .hasMessageContaining("binary.properties");
        write("binary.properties", "wasm.sha256=abc\n");
        assertThatThrownBy(() -> load().binary())
                .isInstanceOf(DistributionException.class)
                .hasMessageContaining("address.");
        StringBuilder facts = new StringBuilder();
        PgBinary asked =
                new PgBinary(
                        new Properties() {
                            private static final long serialVersionUID = 1L;

                            @Override
                            public String getProperty(String key) {
                                facts.append(key).append("=5\n");
                                return "5";
                            }
                        });
        assertThat(asked.wasmSha256).isEqualTo("5");
        write("binary.properties", facts.toString());
        assertThatThrownBy(() -> load().binary())
                .isInstanceOf(DistributionException.class)
                .hasMessageContainingAll("SHA-256 5,", "9.9", "abc");
        write("binary.properties", facts.toString().replace("sha256=5", "sha256=abc"));
        assertThat(load().binary().myProc).isEqualTo(5);
    }

    @Test
    void saysWhatIsWrongWithTheProperties() throws IOException {
        refused(PROPERTIES.replace("format=3", "format=2"), "format 2", "same version");
        refused(PROPERTIES.replace("format=3", "format=x"), "format is 'x'", "damaged");
        refused(PROPERTIES.replace("main.memory=", "main.x="), "no main.memory", "damaged");
        Files.delete(root.resolve("image.properties"));
        assertThatThrownBy(this::load)
                .isInstanceOf(DistributionException.class)
                .hasMessageContaining("the image of PGlite has no image.properties");
    }

    private void refused(String properties, String... parts) throws IOException {
        write("image.properties", properties);
        assertThatThrownBy(this::load)
                .isInstanceOf(DistributionException.class)
                .hasMessageContainingAll(parts);
    }

    @Test
    void aMachineThatIsNoneIsRefused() throws IOException {
        String name = FortyTwoMachine.class.getName();
        write(
                "image.properties",
                PROPERTIES.replace("side.0.machine=" + name, "side.0.machine=no.X"));
        assertThatThrownBy(() -> load().sideModules().get(0).library(ENGINE))
                .isInstanceOf(DistributionException.class)
                .hasMessageContaining("no.X");
    }

    @Test
    void threadsGetTheSameModule() throws Exception {
        Distribution image = load();
        CyclicBarrier start = new CyclicBarrier(4);
        ExecutorService threads =
                Executors.newFixedThreadPool(4, task -> new Thread(task, "image reader"));
        try {
            List<Future<LibraryModule>> results = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                results.add(
                        threads.submit(
                                () -> {
                                    start.await(30, TimeUnit.SECONDS);
                                    return image.sideModules().get(0).library(ENGINE);
                                }));
            }
            for (Future<LibraryModule> result : results) {
                assertThat(result.get(50, TimeUnit.SECONDS))
                        .isSameAs(image.sideModules().get(0).library(ENGINE));
            }
        } finally {
            threads.shutdownNow();
        }
    }
}
