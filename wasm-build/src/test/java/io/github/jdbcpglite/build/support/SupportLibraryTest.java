package io.github.jdbcpglite.build.support;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jdbcpglite.build.clang.Toolchain;
import io.github.jdbcpglite.build.wasm.ExternalKind;
import io.github.jdbcpglite.build.wasm.Import;
import io.github.jdbcpglite.build.wasm.WasmModule;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SupportLibraryTest {
    private static final Path CACHE =
            Path.of(System.getProperty("user.home"), ".cache", "jdbc-pglite");

    @TempDir Path directory;

    private byte[] compile(SupportLibrary library) throws IOException {
        return library.compile(Toolchain.unpack(CACHE, line -> {}), directory);
    }

    @Test
    void theSameSourceGivesTheSameModule() throws IOException {
        for (SupportLibrary library : SupportLibrary.all()) {
            assertThat(compile(library)).isEqualTo(compile(library));
        }
    }

    @Test
    void theModuleCallsWhatReportsErrorsAndNothingElse() throws IOException {
        WasmModule module = WasmModule.parse(compile(SupportLibrary.all().get(0)));

        assertThat(module.imports())
                .filteredOn(each -> each.kind() == ExternalKind.FUNCTION)
                .extracting(Import::name)
                .containsExactlyInAnyOrder("errstart", "errcode", "errmsg", "errfinish");
    }
}
