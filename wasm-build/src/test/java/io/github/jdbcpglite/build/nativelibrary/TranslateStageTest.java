package io.github.jdbcpglite.build.nativelibrary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.jdbcpglite.build.stage.FileTrees;
import io.github.jdbcpglite.build.stage.PipelineException;
import io.github.jdbcpglite.build.wasm.ExternalKind;
import io.github.jdbcpglite.build.wasm.Import;
import io.github.jdbcpglite.build.wasm.ValType;
import io.github.jdbcpglite.build.wasm.WasmModule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TranslateStageTest {
    @TempDir Path directory;

    private Path module(String root, String guestPath, WasmModule module) throws IOException {
        Path file = directory.resolve(root).resolve(guestPath);
        Files.createDirectories(directory.resolve(root).resolve("lib"));
        Files.write(file, module.toBytes());
        return directory.resolve(root);
    }

    private static WasmModule library() {
        WasmModule module = new WasmModule();
        byte[] immutable = {(byte) ValType.I32.code(), 0};
        module.addImport(new Import("env", "__memory_base", ExternalKind.GLOBAL, -1, immutable));
        return module;
    }

    private Path run(List<Path> modules) throws IOException {
        Path output = Files.createDirectory(directory.resolve("output"));
        new TranslateStage(modules).run(output, line -> {});
        return output;
    }

    @Test
    void eachModuleGetsADirectoryAndAPlaceInTheList() throws IOException {
        Path main = module("main", "postgres", new WasmModule());
        Path side = module("side", "lib/utf8-and.so", library());

        Path output = run(List.of(main, side));

        assertThat(FileTrees.files(output))
                .containsExactly(
                        "modules.c",
                        "postgres/module.c",
                        "postgres/module.h",
                        "utf8-and/module.c",
                        "utf8-and/module.h");
        assertThat(output.resolve("modules.c"))
                .content()
                .contains("&jdbcpglite_module_postgres,\n  &jdbcpglite_module_utf8_and,\n  0,\n");
        assertThat(output.resolve("postgres/module.h")).content().contains("&c->globals[");
        assertThat(output.resolve("utf8-and/module.h")).content().contains("INSTANCE->globals[");
    }

    @Test
    void namesThatMeetAreRefused() throws IOException {
        Path main = module("main", "a-b", new WasmModule());
        Path side = module("side", "lib/a_b.so", library());

        assertThatThrownBy(() -> run(List.of(main, side)))
                .isInstanceOf(PipelineException.class)
                .hasMessageContaining("two modules get the same name");
    }
}
