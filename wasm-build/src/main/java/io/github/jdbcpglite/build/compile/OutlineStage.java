package io.github.jdbcpglite.build.compile;

import io.github.jdbcpglite.build.outline.OutlineOptions;
import io.github.jdbcpglite.build.outline.OutlineReport;
import io.github.jdbcpglite.build.outline.Outliner;
import io.github.jdbcpglite.build.stage.Progress;
import io.github.jdbcpglite.build.stage.Stage;
import io.github.jdbcpglite.build.stage.StageInputs;
import io.github.jdbcpglite.build.wasm.WasmModule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Splits the functions of every module of a directory that a JVM would not compile as a whole. */
public final class OutlineStage implements Stage {
    private final String name;
    private final Path modules;

    /**
     * Creates the stage.
     *
     * @param name name of the stage
     * @param modules directory with modules by guest path
     */
    public OutlineStage(String name, Path modules) {
        this.name = name;
        this.modules = modules;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public StageInputs inputs() {
        return StageInputs.none()
                .file("modules", modules)
                .code(OutlineStage.class, Outliner.class, WasmModule.class);
    }

    @Override
    public void run(Path output, Progress progress) throws IOException {
        for (Map.Entry<String, Path> module : WasmFiles.below(modules, "").entrySet()) {
            Outliner.Result result =
                    Outliner.outline(Files.readAllBytes(module.getValue()), OutlineOptions.DEFAULT);
            Path target = output.resolve(module.getKey().substring(1));
            Files.createDirectories(target.getParent());
            Files.write(target, result.wasm());
            report(module.getKey(), result.report(), progress);
        }
    }

    private static void report(String guestPath, OutlineReport report, Progress progress) {
        if (report.functionsSplit() > 0) {
            progress.line(
                    guestPath
                            + ": "
                            + report.functionsSplit()
                            + " functions split, "
                            + report.functionsAdded()
                            + " added");
        }
        for (OutlineReport.Remaining each : report.remaining()) {
            progress.line(
                    guestPath
                            + ": function "
                            + each.function()
                            + " stays at an estimated "
                            + each.jvmBytes()
                            + " bytes");
        }
    }
}
