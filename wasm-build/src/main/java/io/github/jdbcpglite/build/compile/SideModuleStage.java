package io.github.jdbcpglite.build.compile;

import io.github.jdbcpglite.build.stage.Progress;
import io.github.jdbcpglite.build.stage.Stage;
import io.github.jdbcpglite.build.stage.StageInputs;
import io.github.jdbcpglite.build.wasm.WasmModule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Rewrites the shared libraries of the bundle to the types of the main module. */
public final class SideModuleStage implements Stage {
    private final Path main;
    private final List<Path> roots;

    /**
     * Creates the stage.
     *
     * @param main the main module as it is compiled
     * @param roots directories of files by guest path, among which the libraries are
     */
    public SideModuleStage(Path main, Path... roots) {
        this.main = main;
        this.roots = List.of(roots);
    }

    @Override
    public String name() {
        return "side-modules";
    }

    @Override
    public StageInputs inputs() {
        StageInputs inputs =
                StageInputs.none()
                        .file("main module", main)
                        .code(SideModuleStage.class, WasmModule.class);
        for (int i = 0; i < roots.size(); i++) {
            inputs = inputs.file("files " + i, roots.get(i));
        }
        return inputs;
    }

    @Override
    public void run(Path output, Progress progress) throws IOException {
        SortedMap<String, byte[]> libraries = new TreeMap<>();
        for (Path root : roots) {
            for (var library : WasmFiles.below(root, ".so").entrySet()) {
                libraries.put(library.getKey(), Files.readAllBytes(library.getValue()));
            }
        }
        SideModuleTypes types = SideModuleTypes.of(Files.readAllBytes(main), libraries.values());
        for (Map.Entry<String, byte[]> library : libraries.entrySet()) {
            Path target = output.resolve(library.getKey().substring(1));
            Files.createDirectories(target.getParent());
            Files.write(target, types.rewrite(library.getValue()));
        }
        progress.line(libraries.size() + " shared libraries");
    }
}
