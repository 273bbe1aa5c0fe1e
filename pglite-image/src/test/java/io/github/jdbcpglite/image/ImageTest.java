package io.github.jdbcpglite.image;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jdbcpglite.engine.Engine;
import io.github.jdbcpglite.engine.bytecode.BytecodeEngine;
import io.github.jdbcpglite.engine.bytecode.CapturedModule;
import io.github.jdbcpglite.engine.bytecode.CompiledModule;
import io.github.jdbcpglite.engine.bytecode.InitialInstance;
import io.github.jdbcpglite.engine.description.Exports;
import io.github.jdbcpglite.host.link.SideModules;
import io.github.jdbcpglite.postgres.internal.distribution.Distribution;
import io.github.jdbcpglite.postgres.internal.distribution.StoredFile;
import io.github.jdbcpglite.postgres.internal.distribution.StoredModule;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Looks at the image that the build made. */
final class ImageTest {
    private static final int CONTROL_STATE = 16;
    private static final int SHUT_DOWN = 1;

    private static final Engine ENGINE = BytecodeEngine.INSTANCE;

    private final Distribution image = Distribution.load(ImageTest.class.getClassLoader());

    private InitialInstance main() {
        return ((CapturedModule) image.main().module(ENGINE)).state();
    }

    private static StoredFile find(List<StoredFile> entries, String path) {
        return entries.stream().filter(each -> each.path().equals(path)).findFirst().orElseThrow();
    }

    private static String text(StoredFile entry) {
        return new String(entry.load(), StandardCharsets.UTF_8);
    }

    @Test
    void theMainModuleIsTheRewrittenOne() {
        assertThat(image.pgliteVersion()).isEqualTo("0.5.16");
        assertThat(image.postgresVersion()).isEqualTo("18.6");
        assertThat(image.main().path()).isEqualTo("/pglite/bin/postgres");
        Exports exports = main().exports();
        for (String name : List.of("pgl_startPGlite", "BackendMain", "InitStandaloneProcess")) {
            assertThat(exports.function(name)).as(name).isPositive();
        }
        assertThat(exports.address("MyProcPid")).isPositive();
    }

    @Test
    void everyLibraryOfTheBundleIsCompiled() {
        List<String> libraries =
                image.bundleFiles().stream()
                        .map(StoredFile::path)
                        .filter(path -> path.endsWith(".so"))
                        .toList();
        assertThat(image.sideModules())
                .extracting(StoredModule::path)
                .filteredOn(path -> !SideModules.SUPPORT.contains(path))
                .hasSameElementsAs(libraries);
        assertThat(image.sideModules())
                .extracting(StoredModule::path)
                .containsAll(SideModules.SUPPORT);
        assertThat(libraries)
                .contains(
                        "/pglite/lib/postgresql/plpgsql.so",
                        "/pglite/lib/postgresql/dict_snowball.so");
        assertThat(image.sideModules())
                .allSatisfy(each -> assertThat(each.library(ENGINE)).isNotNull());
    }

    @Test
    void librariesShareTheTypesOfTheMainModule() {
        InitialInstance main = main();
        for (StoredModule library : image.sideModules()) {
            for (int i = 0; i < main.typeCount(); i++) {
                assertThat(
                                ((CompiledModule) library.library(ENGINE))
                                        .module()
                                        .typeSection()
                                        .getType(i))
                        .isEqualTo(main.type(i));
            }
        }
    }

    @Test
    void theBundleIsComplete() {
        List<StoredFile> files = image.bundleFiles();
        assertThat(files).filteredOn(each -> !each.isDirectory()).hasSize(703);
        assertThat(text(find(files, "/pglite/share/postgresql/extension/plpgsql.control")))
                .contains("plpgsql");
        assertThat(find(files, "/home/postgres/.pgpass").mode()).isEqualTo(0600);
    }

    @Test
    void theDataDirectoryIsPrivateAndShutDown() {
        List<StoredFile> files = image.pgdataFiles();
        assertThat(files)
                .allSatisfy(
                        each -> assertThat(each.mode()).isEqualTo(each.isDirectory() ? 0700 : 0600))
                .noneSatisfy(each -> assertThat(each.path()).isEqualTo("postmaster.pid"));
        assertThat(text(find(files, "PG_VERSION"))).isEqualTo("18\n");
        ByteBuffer control =
                ByteBuffer.wrap(find(files, "global/pg_control").load())
                        .order(ByteOrder.LITTLE_ENDIAN);
        assertThat(control.getInt(CONTROL_STATE)).isEqualTo(SHUT_DOWN);
        assertThat(files).filteredOn(each -> each.path().startsWith("pg_wal/0000")).hasSize(1);
    }

    @Test
    void theBootedClusterHasRelationCaches() {
        List<StoredFile> files = image.boot().pgdataFiles();
        assertThat(find(files, "global/pg_internal.init").size()).isPositive();
        assertThat(find(files, "base/5/pg_internal.init").size()).isPositive();
        assertThat(image.boot().memory(ENGINE).systemIdentifier()).isNotZero();
        assertThat(image.boot().settings()).contains("max_connections=100\n");
    }

    @Test
    void everyFileHasTheSizeOfTheIndex() {
        for (List<StoredFile> entries :
                List.of(image.bundleFiles(), image.pgdataFiles(), image.boot().pgdataFiles())) {
            for (StoredFile entry : entries) {
                if (!entry.isDirectory()) {
                    assertThat(entry.load()).hasSize((int) entry.size());
                }
            }
        }
    }
}
