package io.github.jdbcpglite.build.nativelibrary;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jdbcpglite.build.compile.ModuleList;
import io.github.jdbcpglite.build.stage.FileTrees;
import io.github.jdbcpglite.build.wasm.ByteWriter;
import io.github.jdbcpglite.build.wasm.ExternalKind;
import io.github.jdbcpglite.build.wasm.Import;
import io.github.jdbcpglite.build.wasm.ValType;
import io.github.jdbcpglite.build.wasm.WasmModule;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TranslateStageTest {
    @TempDir Path directory;

    /** Writes a module and the list of a stage that compiled it under a code name. */
    private LibrarySource.Modules module(String codeName, String guestPath, WasmModule module)
            throws IOException {
        Path root = directory.resolve(codeName);
        Path file = root.resolve("wasm" + guestPath);
        Files.createDirectories(file.getParent());
        Files.write(file, module.toBytes());
        Path compiled = Files.createDirectories(root.resolve("compiled"));
        Files.writeString(
                ModuleList.file(compiled), codeName + " module.wasm 00 " + guestPath + "\n");
        return new LibrarySource.Modules(root.resolve("wasm"), compiled);
    }

    private static WasmModule library() {
        WasmModule module = new WasmModule();
        byte[] name = "dylink.0".getBytes(StandardCharsets.US_ASCII);
        module.addRawSection(0, new ByteWriter().u8(name.length).raw(name).toBytes());
        byte[] immutable = {(byte) ValType.I32.code(), 0};
        module.addImport(new Import("env", "__memory_base", ExternalKind.GLOBAL, -1, immutable));
        return module;
    }

    @Test
    void eachModuleGetsADirectoryAndAPlaceInTheList() throws IOException {
        LibrarySource.Modules main = module("a.Main", "/bin/postgres", new WasmModule());
        LibrarySource.Modules side = module("b.Side", "/lib/utf8-and.so", library());
        Path output = Files.createDirectory(directory.resolve("output"));

        new TranslateStage(new LibrarySource("both", List.of(main, side))).run(output, line -> {});

        assertThat(FileTrees.files(output))
                .containsExactly(
                        "a.Main/module.c",
                        "a.Main/module.h",
                        "b.Side/module.c",
                        "b.Side/module.h",
                        "modules.c");
        assertThat(output.resolve("modules.c"))
                .content()
                .contains("&jdbcpglite_module_a_Main,\n  &jdbcpglite_module_b_Side,\n  0,\n");
        assertThat(output.resolve("a.Main/module.h")).content().contains("&c->globals[");
        assertThat(output.resolve("b.Side/module.h")).content().contains("INSTANCE->globals[");
        assertThat(output.resolve("b.Side/module.c")).content().contains("description[] =");
    }
}
