package io.github.jdbcpglite.build.support;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.jdbcpglite.build.clang.Toolchain;
import io.github.jdbcpglite.build.wasm.ExternalKind;
import io.github.jdbcpglite.build.wasm.Import;
import io.github.jdbcpglite.build.wasm.WasmModule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SupportLibraryTest {
    private static final Path CACHE =
            Path.of(System.getProperty("user.home"), ".cache", "jdbc-pglite");
    private static final Path RESOURCES =
            Path.of("src/main/resources/io/github/jdbcpglite/build/support");

    /** It needs clang: {@code mvn verify -Pnative}; {@code -Dsupport.update=true} writes. */
    @Test
    void theModuleIsWhatClangMakesOfTheSource(@TempDir Path directory) throws IOException {
        assumeTrue(Toolchain.isPresent(), "clang is not there: run with -Pnative");
        Toolchain toolchain = Toolchain.unpack(CACHE, line -> {});

        for (SupportLibrary library : SupportLibrary.all()) {
            byte[] compiled = library.compile(toolchain, directory);
            if (Boolean.getBoolean("support.update")) {
                Files.write(RESOURCES.resolve(library.moduleName()), compiled);
            } else {
                assertThat(compiled)
                        .as(
                                "%s was changed, and %s is the old one; -Dsupport.update=true",
                                library.sourceName(), library.moduleName())
                        .isEqualTo(library.module());
            }
        }
    }

    @Test
    void theModuleCallsWhatReportsErrorsAndNothingElse() throws IOException {
        WasmModule module = WasmModule.parse(SupportLibrary.all().get(0).module());

        assertThat(module.imports())
                .filteredOn(each -> each.kind() == ExternalKind.FUNCTION)
                .extracting(Import::name)
                .containsExactlyInAnyOrder("errstart", "errcode", "errmsg", "errfinish");
    }
}
