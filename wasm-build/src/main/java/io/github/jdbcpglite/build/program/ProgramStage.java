package io.github.jdbcpglite.build.program;

import io.github.jdbcpglite.build.stage.PipelineException;
import io.github.jdbcpglite.build.stage.Progress;
import io.github.jdbcpglite.build.stage.Stage;
import io.github.jdbcpglite.build.stage.StageInputs;
import io.github.jdbcpglite.build.wasm.WasmModule;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Makes {@code pg_dump.wasm} stand alone. Where its data and its stack lie is a constant of the
 * JavaScript beside it.
 */
final class ProgramStage implements Stage {
    static final String PROGRAM = "bin/pg_dump.wasm";

    /** Where Emscripten puts a main module of position independent code. */
    private static final int MEMORY_BASE = 1024;

    private static final Pattern HEAP_BASE = Pattern.compile("___heap_base=([0-9]+)");
    private static final Pattern STACK_POINTER =
            Pattern.compile(
                    "___stack_pointer=new WebAssembly\\.Global\\(\\{value:\"i32\","
                            + "mutable:!0\\},([0-9]+)\\)");

    private final Path wasm;
    private final Path javaScript;

    /**
     * Creates the stage.
     *
     * @param dist directory of the npm package
     */
    ProgramStage(Path dist) {
        wasm = dist.resolve("pg_dump.wasm");
        javaScript = dist.resolve("pg_dump.cjs");
    }

    @Override
    public String name() {
        return "program";
    }

    @Override
    public StageInputs inputs() {
        return StageInputs.none()
                .file("pg_dump.wasm", wasm)
                .file("pg_dump.cjs", javaScript)
                .code(ProgramStage.class, WasmModule.class);
    }

    @Override
    public void run(Path output, Progress progress) throws IOException {
        String script = Files.readString(javaScript, StandardCharsets.UTF_8);
        Map<String, Integer> values =
                Map.of(
                        "__memory_base",
                        MEMORY_BASE,
                        StandaloneModule.TABLE_BASE,
                        1,
                        "__stack_pointer",
                        number(STACK_POINTER, script),
                        "__heap_base",
                        number(HEAP_BASE, script));
        Path target = output.resolve(PROGRAM);
        Files.createDirectories(target.getParent());
        Files.write(target, StandaloneModule.of(Files.readAllBytes(wasm), values));
    }

    private static int number(Pattern pattern, String script) {
        Matcher matcher = pattern.matcher(script);
        if (!matcher.find()) {
            throw new PipelineException("pg_dump.cjs does not have " + pattern);
        }
        return Integer.parseInt(matcher.group(1));
    }
}
