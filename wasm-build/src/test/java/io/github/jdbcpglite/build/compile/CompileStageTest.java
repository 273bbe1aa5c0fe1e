package io.github.jdbcpglite.build.compile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.runtime.TrapException;
import com.dylibso.chicory.wasm.Parser;
import io.github.jdbcpglite.build.stage.Hashes;
import io.github.jdbcpglite.build.stage.PipelineException;
import io.github.jdbcpglite.build.stage.Stage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CompileStageTest {
    @TempDir Path directory;

    private Path modules;

    @BeforeEach
    void writeModules() throws IOException {
        modules = directory.resolve("modules");
        Files.createDirectories(modules.resolve("lib"));
        Files.write(modules.resolve("lib/one-1.so"), Modules.main());
    }

    private Path compile(String name) throws IOException {
        Path output = Files.createDirectory(directory.resolve(name));
        Stage stage = new CompileStage("compile", modules, "group", new GeneratedCodeCompiler());
        stage.run(output, line -> {});
        return output;
    }

    @Test
    void listsModulesByGuestPath() throws IOException {
        Path output = compile("out");
        assertThat(ModuleList.read(output))
                .containsExactly(
                        new ModuleList.Module(
                                "io.github.jdbcpglite.image.group.one_1.PgliteMachine",
                                "group/one_1/module.wasm",
                                Hashes.ofBytes(Modules.main()),
                                "/lib/one-1.so"));
        assertThat(output.resolve("image/group/one_1/PgliteMachine.class")).exists();
    }

    @Test
    void sameInputSameBytes() throws IOException {
        Files.write(modules.resolve("lib/two.so"), Modules.main());
        assertThat(Hashes.ofTree(compile("first"))).isEqualTo(Hashes.ofTree(compile("second")));
    }

    @Test
    void refusesModulesWhoseNamesBecomeTheSame() throws IOException {
        Files.write(modules.resolve("lib/one_1.so"), Modules.main());
        assertThatThrownBy(() -> compile("out"))
                .isInstanceOf(PipelineException.class)
                .hasMessageContaining("same class name");
    }

    @Test
    void keepsEverythingButTheCode() {
        byte[] emptied = EmptiedModule.of(Modules.main());
        Instance instance = Instance.builder(Parser.parse(emptied)).build();
        assertThatThrownBy(() -> instance.export("inc").apply(41))
                .isInstanceOf(TrapException.class);
    }
}
