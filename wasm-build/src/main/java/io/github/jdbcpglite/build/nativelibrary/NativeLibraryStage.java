package io.github.jdbcpglite.build.nativelibrary;

import io.github.jdbcpglite.build.clang.Clang;
import io.github.jdbcpglite.build.clang.NativeTarget;
import io.github.jdbcpglite.build.clang.Toolchain;
import io.github.jdbcpglite.build.stage.FileTrees;
import io.github.jdbcpglite.build.stage.PipelineException;
import io.github.jdbcpglite.build.stage.Progress;
import io.github.jdbcpglite.build.stage.Stage;
import io.github.jdbcpglite.build.stage.StageInputs;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Compiles translated modules and the runtime for a target, and links them to one library. */
public final class NativeLibraryStage implements Stage {
    /** Directory of the library with the names of its functions, beside the library itself. */
    public static final String SYMBOLS = "symbols";

    private static final String RUNTIME = "runtime";

    private final Path translated;
    private final Path cache;
    private final NativeTarget target;
    private final String libraryName;

    /**
     * Creates the stage.
     *
     * @param translated output of the {@link TranslateStage}
     * @param cache directory of what outlives builds: the programs and the objects
     * @param target what it compiles for
     * @param libraryName the library's name without what systems put around it
     */
    public NativeLibraryStage(
            Path translated, Path cache, NativeTarget target, String libraryName) {
        this.translated = translated;
        this.cache = cache;
        this.target = target;
        this.libraryName = libraryName;
    }

    @Override
    public String name() {
        return "native-" + target.id();
    }

    @Override
    public StageInputs inputs() {
        try {
            return StageInputs.none()
                    .file("translated modules", translated)
                    .parameter("runtime", RuntimeSources.hash(RuntimeSources.read()))
                    .parameter("library", libraryName)
                    .code(NativeLibraryStage.class, Clang.class);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void run(Path output, Progress progress) throws IOException {
        Path runtime = Files.createDirectories(output.resolve(RUNTIME));
        for (Map.Entry<String, String> file : RuntimeSources.read().entrySet()) {
            Files.writeString(runtime.resolve(file.getKey()), file.getValue());
        }
        List<Path> sources = new ArrayList<>();
        addSources(translated, sources);
        addSources(runtime, sources);
        long start = System.nanoTime();
        Clang clang = new Clang(Toolchain.unpack(cache, progress), cache, target, List.of());
        List<Path> objects = clang.compile(sources, List.of(runtime));
        FileTrees.delete(runtime);
        Path library = output.resolve(target.libraryName(libraryName));
        Path symbols = Files.createDirectories(output.resolve(SYMBOLS));
        clang.link(objects, library, symbols.resolve(target.libraryName(libraryName)));
        long seconds = (System.nanoTime() - start) / 1_000_000_000;
        progress.line(
                sources.size()
                        + " files, "
                        + seconds
                        + " s, library of "
                        + Files.size(library)
                        + " bytes");
    }

    private static void addSources(Path directory, List<Path> sources) throws IOException {
        for (String file : FileTrees.files(directory)) {
            if (file.endsWith(".c")) {
                sources.add(directory.resolve(file));
            }
        }
        if (sources.isEmpty()) {
            throw new PipelineException(directory + " has no C files");
        }
    }
}
